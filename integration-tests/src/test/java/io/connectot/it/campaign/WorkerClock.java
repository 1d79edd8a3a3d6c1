// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** History of the offset between the workers' clock and the clock of this process. Thread-safe. */
final class WorkerClock {
  /** How long a process takes at most to notice that its clock was set. */
  static final Duration SLACK = Duration.ofSeconds(3);

  private record Step(long at, long offset) {}

  private final List<Step> steps = new ArrayList<>(List.of(new Step(Long.MIN_VALUE, 0)));

  /** Sets the offset of the workers' clock from now on. */
  synchronized void ahead(Duration offset) {
    steps.add(new Step(System.currentTimeMillis(), offset.toMillis()));
  }

  /** The possible offsets in milliseconds during a time span of this process's clock. */
  synchronized List<Long> offsets(long from, long to) {
    List<Long> found = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      boolean begins = steps.get(i).at <= to;
      boolean ends = i + 1 < steps.size() && steps.get(i + 1).at + SLACK.toMillis() < from;
      if (begins && !ends) {
        found.add(steps.get(i).offset);
      }
    }
    return found;
  }
}
