// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.SparkplugTopic;
import java.util.BitSet;

/**
 * Messages of one edge node that arrived before earlier ones, by sequence number, and the numbers
 * that were given up. For one thread at a time.
 */
final class ReorderBuffer {
  static final int NUMBERS = 256;

  /** A message that arrived. */
  record Arrival(SparkplugTopic topic, Payload payload, long receivedNanos) {}

  /** Null while nothing waits. */
  private Arrival[] waiting;

  private int count;
  private long sinceTick;
  private final BitSet givenUp = new BitSet(NUMBERS);

  boolean isEmpty() {
    return count == 0;
  }

  /** When the first of the waiting messages arrived, by the ticker. */
  long sinceTick() {
    return sinceTick;
  }

  /** Keeps a message until earlier ones arrive; false when that number waits already. */
  boolean hold(int seq, Arrival arrival, long tick) {
    if (waiting == null) {
      waiting = new Arrival[NUMBERS];
    }
    if (waiting[seq] != null) {
      return false;
    }
    if (count == 0) {
      sinceTick = tick;
    }
    waiting[seq] = arrival;
    count++;
    return true;
  }

  /** Takes the message of a number; null when it does not wait. */
  Arrival take(int seq) {
    if (count == 0 || waiting[seq] == null) {
      return null;
    }
    Arrival taken = waiting[seq];
    waiting[seq] = null;
    count--;
    if (count == 0) {
      waiting = null;
    }
    return taken;
  }

  /** The message of a number; null when it does not wait. */
  Arrival peek(int seq) {
    return count == 0 ? null : waiting[seq];
  }

  /** A number is not waited for any more. */
  void giveUp(int seq) {
    givenUp.set(seq);
  }

  /** Whether a number was given up; once. */
  boolean arrivedLate(int seq) {
    boolean late = givenUp.get(seq);
    givenUp.clear(seq);
    return late;
  }

  /** No number counts as given up any more. */
  void forgetGivenUp() {
    givenUp.clear();
  }
}
