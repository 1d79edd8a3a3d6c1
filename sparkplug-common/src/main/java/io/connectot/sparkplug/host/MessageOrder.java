// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.host.ReorderBuffer.Arrival;
import io.connectot.sparkplug.payload.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of the messages of one edge node by their sequence numbers. For one thread at a time.
 */
final class MessageOrder {
  private static final int NUMBERS = ReorderBuffer.NUMBERS;

  /** From the last number on, so many numbers are taken for late rather than for missing. */
  private static final int LATE = NUMBERS / 2;

  private final ReorderBuffer waiting = new ReorderBuffer();

  /** The next sequence number; -1 when any is right. */
  private int expected = -1;

  /** Of the last message, in milliseconds since 1970; null when it had none. */
  private Long lastTimestamp;

  /**
   * Whether a message waits whose number passed already though it is newer: the edge node counts
   * anew, and its birth is under way or lost. All messages wait then.
   */
  private boolean restarted;

  /** What a message is in the order. */
  enum Place {
    /** The next one. */
    NEXT,
    /** It was given up before. */
    LATE,
    DUPLICATE,
    /** It waits for those before it. */
    WAITS
  }

  /**
   * Messages that were waited for in vain.
   *
   * @param cause in words for an operator
   * @param endNanos when the first message after the last missing one was received
   * @param waited the messages that waited, in order
   */
  record Missing(String cause, long endNanos, List<Arrival> waited) {}

  /** The sequence number of a payload; -1 when it has none that is valid. */
  static int seq(Payload payload) {
    Long seq = payload.seq();
    return seq == null || seq < 0 || seq >= NUMBERS ? -1 : seq.intValue();
  }

  /** Whether a next number is known. */
  boolean isKnown() {
    return expected >= 0;
  }

  /** Whether a number is the next one that is known. */
  boolean isNext(int seq) {
    return isKnown() && seq == expected;
  }

  /** The last number in order; -1 when none is known. */
  int last() {
    return expected < 0 ? -1 : Math.floorMod(expected - 1, NUMBERS);
  }

  /** Continues after a number; -1 for any. */
  void continueAfter(int seq) {
    expected = seq < 0 ? -1 : (seq + 1) % NUMBERS;
  }

  /** Continues with a number; -1 for any. */
  void expect(int seq) {
    expected = seq;
  }

  /** A message is processed in its place. */
  void processed(Payload payload) {
    lastTimestamp = payload.timestamp();
    int seq = seq(payload);
    if (seq >= 0) {
      continueAfter(seq);
    }
  }

  /** The edge node was born; messages after its birth may wait. */
  void born(Payload birth) {
    processed(birth);
    restarted = false;
    waiting.forgetGivenUp();
  }

  /** Finds the place of a message, and keeps it if it waits. The next number is known. */
  Place place(int seq, Arrival arrival, long tick) {
    int ahead = Math.floorMod(seq - expected, NUMBERS);
    if (ahead == 0 && !restarted) {
      return Place.NEXT;
    }
    if (ahead >= LATE && waiting.arrivedLate(seq)) {
      return Place.LATE;
    }
    if (ahead >= LATE && !restarted && isNoNewer(arrival.payload())) {
      return Place.DUPLICATE;
    }
    if (!waiting.hold(seq, arrival, tick)) {
      return Place.DUPLICATE;
    }
    restarted |= ahead >= LATE;
    return Place.WAITS;
  }

  private boolean isNoNewer(Payload payload) {
    return lastTimestamp != null
        && payload.timestamp() != null
        && payload.timestamp() <= lastTimestamp;
  }

  /** Takes the next message if it waits; null otherwise. */
  Arrival takeNext() {
    return restarted ? null : waiting.take(expected);
  }

  /** Whether messages have waited for so long. */
  boolean isOverdue(long tick, long limitNanos) {
    return !waiting.isEmpty() && tick - waiting.sinceTick() >= limitNanos;
  }

  /** Whether what waits is older than a birth. */
  boolean isOlderThan(Payload birth) {
    for (int seq = 0; !waiting.isEmpty() && seq < NUMBERS; seq++) {
      Arrival first = waiting.peek(seq);
      if (first != null) {
        Long timestamp = first.payload().timestamp();
        return timestamp == null || birth.timestamp() == null || timestamp < birth.timestamp();
      }
    }
    return false;
  }

  /** Does not wait any more for what is missing before the messages that wait; null for none. */
  Missing giveUp() {
    if (waiting.isEmpty()) {
      restarted = false;
      return null;
    }
    waiting.forgetGivenUp();
    Missing missing = restarted ? restart() : holes();
    restarted = false;
    return missing;
  }

  private Missing restart() {
    int before = last();
    List<Arrival> waited = takeAll((expected + LATE) % NUMBERS);
    String cause =
        "the sequence numbers of the edge node began anew without a birth: "
            + seq(waited.get(0).payload())
            + " after "
            + before;
    return new Missing(cause, waited.get(0).receivedNanos(), waited);
  }

  private Missing holes() {
    int first = expected;
    int last = expected;
    int missing = 0;
    int hole = 0;
    long end = 0;
    for (int ahead = 0; ahead < NUMBERS; ahead++) {
      int seq = (first + ahead) % NUMBERS;
      Arrival next = waiting.peek(seq);
      if (next == null) {
        hole++;
        continue;
      }
      for (int gone = hole; gone > 0; gone--) {
        last = Math.floorMod(seq - gone, NUMBERS);
        waiting.giveUp(last);
      }
      missing += hole;
      end = hole > 0 ? next.receivedNanos() : end;
      hole = 0;
    }
    String cause =
        missing
            + (missing == 1 ? " message" : " messages")
            + " of the edge node missing: sequence numbers "
            + first
            + " to "
            + last;
    return new Missing(cause, end, takeAll(first));
  }

  private List<Arrival> takeAll(int first) {
    List<Arrival> waited = new ArrayList<>();
    for (int ahead = 0; !waiting.isEmpty() && ahead < NUMBERS; ahead++) {
      Arrival next = waiting.take((first + ahead) % NUMBERS);
      if (next != null) {
        waited.add(next);
      }
    }
    return waited;
  }
}
