// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/** The numbers of one sender in one phase. Not thread-safe: guarded by its ledger. */
final class Line {
  private static final long NOT_YET = Long.MIN_VALUE;

  private final int first;
  private final BitSet seen = new BitSet();
  private final BitSet acknowledged = new BitSet();
  private final Set<Long> readings = new HashSet<>();
  private long[] sentMillis = new long[256];
  private long[] sentNanos = new long[256];
  private int sent;
  private int received;
  private int duplicated;
  private long recoveredNanos = NOT_YET;

  /**
   * @param first the first number of the phase
   */
  Line(int first) {
    this.first = first;
  }

  /** The number after the last one sent. */
  int next() {
    return first + sent;
  }

  /** Records that a number is sent, the next one or a repeated one. */
  void sent(int number) {
    int index = number - first;
    if (index < sent) {
      return;
    }
    if (index > sent) {
      throw new IllegalArgumentException(number + " is sent before " + next());
    }
    if (sent == sentMillis.length) {
      sentMillis = Arrays.copyOf(sentMillis, 2 * sent);
      sentNanos = Arrays.copyOf(sentNanos, 2 * sent);
    }
    sentMillis[sent] = System.currentTimeMillis();
    sentNanos[sent] = System.nanoTime();
    sent++;
  }

  /**
   * Records the arrival of a number; numbers of other phases are ignored.
   *
   * @param reading identifies the reading of a value that holds for a while; null when a number is
   *     sent once, so that every further arrival is a duplicate
   * @param overNanos when the fault ended
   */
  void received(int number, Long reading, long overNanos) {
    int index = number - first;
    if (index < 0 || index >= sent) {
      return;
    }
    received++;
    boolean again = seen.get(index);
    seen.set(index);
    boolean duplicate = reading == null ? again : !readings.add(reading);
    if (duplicate) {
      duplicated++;
    }
    if (recoveredNanos == NOT_YET && sentNanos[index] - overNanos >= 0) {
      recoveredNanos = System.nanoTime();
    }
  }

  /** Records that a number is acknowledged between the connector and its peer. */
  void acknowledged(int number) {
    if (number >= first) {
      acknowledged.set(number - first);
    }
  }

  boolean hasRecovered() {
    return recoveredNanos != NOT_YET;
  }

  /** When the first number sent after the fault arrived; valid only if {@link #hasRecovered}. */
  long recoveredNanos() {
    return recoveredNanos;
  }

  boolean hasArrivals() {
    return !seen.isEmpty();
  }

  int sentCount() {
    return sent;
  }

  int receivedCount() {
    return received;
  }

  int duplicatedCount() {
    return duplicated;
  }

  int missingCount() {
    return sent - seen.cardinality();
  }

  /** The number of missing numbers that the peer had to keep. */
  int peersCount(Custody custody) {
    int count = 0;
    for (int index = seen.nextClearBit(0); index < sent; index = seen.nextClearBit(index + 1)) {
      if (custody.isPeers(acknowledged.get(index))) {
        count++;
      }
    }
    return count;
  }

  /** The number of missing numbers whose time is inside a reported gap. */
  int reportedCount(Gaps gaps) {
    int count = 0;
    for (int index = seen.nextClearBit(0); index < sent; index = seen.nextClearBit(index + 1)) {
      // The last number holds until the next phase, so it has to arrive.
      if (index + 1 < sent && gaps.covers(sentMillis[index], sentMillis[index + 1])) {
        count++;
      }
    }
    return count;
  }

  /** The gaps that a connector has reported. */
  @FunctionalInterface
  interface Gaps {
    /** Whether a gap covers this time span, in milliseconds of this process's clock. */
    boolean covers(long from, long to);
  }
}
