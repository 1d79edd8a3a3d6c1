// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.runtime;

import io.connectot.core.model.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the gaps of one device, together those that come together: after an outage there may be one
 * of every tag. For one thread at a time.
 */
public final class GapLog {
  private static final Logger LOG = LoggerFactory.getLogger(GapLog.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int NAMED_TAGS = 5;

  private final String device;
  private final List<String> tags = new ArrayList<>(NAMED_TAGS);
  private int count;
  private int filled;
  private Instant from;
  private Instant to;
  private String cause;

  /** When the first gap that was not logged yet came; when there is one. */
  private long sinceTick;

  private boolean isTimed;

  public GapLog(String device) {
    this.device = device;
  }

  /** Takes a gap, to be logged soon. */
  public void add(Gap gap) {
    if (count == 0) {
      from = gap.from();
      to = gap.to();
      cause = gap.cause();
    }
    from = earlier(gap.from(), from);
    to = gap.to().isAfter(to) ? gap.to() : to;
    count++;
    filled += gap.filled() ? 1 : 0;
    if (tags.size() < NAMED_TAGS) {
      gap.tag().ifPresent(tag -> tags.add(tag.name()));
    }
  }

  /** Null, an unknown beginning, is earlier than all others. */
  private static Instant earlier(Instant a, Instant b) {
    return a == null || (b != null && a.isBefore(b)) ? a : b;
  }

  /** Whether no gap waits to be logged. */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * Logs what there is when others had time to join it. To be called often.
   *
   * @param tick of the runtime's clock
   */
  public void logIfDue(long tick) {
    if (count > 0 && !isTimed) {
      isTimed = true;
      sinceTick = tick;
    } else if (count > 0 && tick - sinceTick >= PAUSE_NANOS) {
      log();
    }
  }

  /** Logs what there is. */
  public void log() {
    if (count == 0) {
      return;
    }
    LOG.info("{}", text());
    tags.clear();
    count = 0;
    filled = 0;
    isTimed = false;
  }

  /** What is logged. */
  String text() {
    StringBuilder text = new StringBuilder("Device ").append(device).append(": values");
    if (!tags.isEmpty()) {
      text.append(" of ").append(String.join(", ", tags));
      if (count > tags.size()) {
        text.append(" and ").append(count - tags.size()).append(" more");
      }
    }
    if (from == null) {
      text.append(" are missing until ").append(to);
    } else {
      text.append(" are missing between ").append(from).append(" and ").append(to);
    }
    if (filled > 0) {
      text.append(", ").append(filled).append(" of ").append(count).append(" gaps were filled");
    }
    return text.append(": ").append(cause).toString();
  }
}
