// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides which failures of an outage are reported: the first, every further cause that has to be
 * corrected, and a temporary cause once it has lasted, because a lost connection is followed by
 * refused ones, and causes that alternate must not be reported without end. For one thread or lock.
 */
public final class OutageCauses {
  private static final long LASTING_NANOS = Duration.ofSeconds(30).toNanos();

  /** Maximum number of causes that are told apart in one outage. */
  private static final int MAX_CAUSES = 32;

  private final Set<String> known = new HashSet<>();

  /** The cause that was reported last; null without an outage. */
  private String reported;

  /** The cause of the last failure; null before the first. */
  private String last;

  /** Since when it has been the cause, by the ticker. */
  private long lastSinceTick;

  /**
   * A failure.
   *
   * @param status code of its cause
   * @param temporary whether it can pass without a correction
   * @param tick the present time
   * @return whether to report it
   */
  public boolean isNew(String status, boolean temporary, long tick) {
    if (!status.equals(last)) {
      last = status;
      lastSinceTick = tick;
    }
    if (status.equals(reported)) {
      return false;
    }
    boolean toCorrect = !temporary && known.size() < MAX_CAUSES && !known.contains(status);
    if (reported == null || toCorrect || tick - lastSinceTick >= LASTING_NANOS) {
      known.add(status);
      reported = status;
      return true;
    }
    return false;
  }

  /** The outage is over. */
  public void over() {
    known.clear();
    reported = null;
    last = null;
  }
}
