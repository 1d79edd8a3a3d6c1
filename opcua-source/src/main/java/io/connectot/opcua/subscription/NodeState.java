// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.opcua.resume.NodeOffset;
import io.connectot.opcua.resume.NodePartition;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.select.MonitoredNode;
import io.connectot.opcua.subscription.ValueSource.NodeValues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * What is known of one node from session to session: up to where its values were delivered, and
 * what has to happen before the next one may be. Thread-safe: one thread handles what the server
 * publishes, another reads history.
 */
final class NodeState {
  /** What is to be done with a value. */
  enum Step {
    /** It is in Kafka already, or not wanted. */
    DROP,
    /** It comes next. */
    DELIVER,
    /** Values before it are missing and stay so; then it comes next. */
    DELIVER_AFTER_GAP,
    /** It has to wait, with {@link #accept}, until history was read. */
    BUFFER,
    /** As {@link #BUFFER}, and it is the first: history has to be read up to it. */
    BACKFILL
  }

  /** What the values of a node wait for. */
  private enum Phase {
    /** Nothing. */
    LIVE,
    /** The next value tells up to when values are missing. */
    AWAITING,
    /** History is being read. */
    BACKFILLING
  }

  /**
   * A span of which values are missing.
   *
   * @param after the last value that was delivered
   * @param until when the first one held that is there again, ticks
   * @param cause in words for an operator
   */
  record MissingRange(NodeOffset after, long until, String cause) {}

  private final NodePartition partition;
  private final Device<?> device;

  /** Both as in the current session; null before the first. */
  private volatile MonitoredNode node;

  private volatile NodeValues values;

  /** All that follows is guarded by this. */
  private Phase phase = Phase.LIVE;

  /** Of the last value that was taken; null for none. */
  private NodeOffset last;

  /** Of the last value that the runtime took over; null for none. */
  private NodeOffset confirmed;

  private boolean skipNext;
  private String cause = "";
  private MissingRange missingRange;

  /** Where the subscription stood when values began to wait. */
  private NotificationPosition bufferedFrom = NotificationPosition.NONE;

  private final ArrayDeque<BufferedValue> buffered = new ArrayDeque<>();

  /**
   * @param stored the offset the worker has; null for none
   */
  NodeState(NodePartition partition, Device<?> device, NodeOffset stored) {
    this.partition = partition;
    this.device = device;
    this.last = stored;
    this.confirmed = stored;
  }

  /** In units of 10 ps beyond the tick. */
  static int picoseconds(DataValue value) {
    return value.sourcePicoseconds() == null ? 0 : value.sourcePicoseconds().intValue();
  }

  NodePartition partition() {
    return partition;
  }

  Device<?> device() {
    return device;
  }

  MonitoredNode node() {
    return node;
  }

  /** Begins a session: what was not delivered in the one before will come again. */
  synchronized void startSession() {
    last = confirmed;
    buffered.clear();
    missingRange = null;
    skipNext = false;
  }

  /** The node as it is in this session, or from now on. */
  void describe(MonitoredNode current, NodeValues reader) {
    node = current;
    values = reader;
  }

  /** The measurement of a value. */
  Measurement read(DataValue value, long receivedNanos, NodeOffset position) {
    return values.read(value, receivedNanos, position);
  }

  /** The last value that came by a subscription and was delivered. */
  synchronized NotificationPosition live() {
    return last == null ? NotificationPosition.NONE : last.live();
  }

  /** Whether a value of it was ever delivered, or its history is to be read from some time on. */
  synchronized boolean known() {
    return last != null;
  }

  /** Reads history from some time on, before the first value. */
  synchronized void startAt(long ticks) {
    last = NodeOffset.startingAt(partition, ticks);
  }

  /**
   * The item is monitored still, in a subscription that was taken over.
   *
   * @param why what is said when values are missing nonetheless
   */
  synchronized void resumeIn(SubscriptionKey subscription, String why) {
    boolean nothingMissing =
        last == null
            || (subscription.equals(last.live().subscription())
                && last.until().isEmpty()
                && phase == Phase.LIVE);
    phase = nothingMissing ? Phase.LIVE : Phase.AWAITING;
    cause = why;
  }

  /**
   * The item is new to the server.
   *
   * @param why what is said when values are missing
   * @param skipFirst whether its first value is left out if there was none before
   */
  synchronized void restart(String why, boolean skipFirst) {
    phase = last == null ? Phase.LIVE : Phase.AWAITING;
    skipNext = skipFirst && last == null;
    cause = why;
  }

  /** Values may be missing before the next one. */
  synchronized void expectLoss(String why) {
    if (phase == Phase.LIVE && last != null) {
      phase = Phase.AWAITING;
      cause = why;
    }
  }

  /**
   * Decides about a value, and takes it as delivered when it is to be.
   *
   * @param ticks when it held
   * @param hash its hash
   * @param overflowed why values right before it are missing; null when none are
   * @param canBackfill whether history may be read
   */
  synchronized Step accept(
      DataValue value,
      long ticks,
      long hash,
      NotificationPosition position,
      String overflowed,
      boolean canBackfill) {
    if (last != null
        && last.live().covers(position.subscription(), position.sequence(), position.item())) {
      return Step.DROP;
    }
    if (phase == Phase.BACKFILLING) {
      return Step.BUFFER;
    }
    if (overflowed == null && last != null && last.isLast(ticks, hash)) {
      phase = Phase.LIVE;
      return repeats(position) ? Step.DELIVER : Step.DROP;
    }
    if (phase == Phase.AWAITING) {
      phase = Phase.LIVE;
      if (ticks > last.ticks()) {
        return deferOrDeliver(value, ticks, hash, position, cause, canBackfill);
      }
    } else if (skipNext) {
      skipNext = false;
      return Step.DROP;
    } else if (overflowed != null && last != null && ticks > last.ticks()) {
      return deferOrDeliver(value, ticks, hash, position, overflowed, canBackfill);
    }
    boolean lost = overflowed != null && last != null;
    if (lost) {
      missingRange = at(last, overflowed);
    }
    deliver(value, ticks, hash, position);
    return lost ? Step.DELIVER_AFTER_GAP : Step.DELIVER;
  }

  /** Whether a value that was read again may be due as heartbeat, which others decide. */
  private boolean repeats(NotificationPosition position) {
    return position.subscription() == null
        && node != null
        && node.tag().report().heartbeat().isPresent();
  }

  /**
   * What is missing where the source's clock stood still or was set back: values, but no time, so
   * that history cannot be asked for them.
   */
  private static MissingRange at(NodeOffset after, String why) {
    return new MissingRange(after, after.ticks(), why);
  }

  private Step deferOrDeliver(
      DataValue value,
      long ticks,
      long hash,
      NotificationPosition position,
      String why,
      boolean canBackfill) {
    missingRange = new MissingRange(last, ticks, why);
    if (canBackfill) {
      phase = Phase.BACKFILLING;
      bufferedFrom =
          position.subscription() != null
                  && position.subscription().equals(last.live().subscription())
              ? last.live()
              : new NotificationPosition(position.subscription(), 0, 0);
      return Step.BACKFILL;
    }
    deliver(value, ticks, hash, position);
    return Step.DELIVER_AFTER_GAP;
  }

  private void deliver(DataValue value, long ticks, long hash, NotificationPosition position) {
    last = NodeOffset.after(partition, last, ticks, picoseconds(value), hash, 0, position);
  }

  /** The offset of the value that was taken last; not null after one was. */
  synchronized NodeOffset last() {
    return last;
  }

  /** What is missing before the value that was taken last, or before those that wait. */
  synchronized MissingRange missingRange() {
    return missingRange;
  }

  /** The runtime took over a value; after a loss of the connection it will not come again. */
  synchronized void confirm(NodeOffset delivered) {
    confirmed = delivered;
  }

  /** Lets a value wait. */
  synchronized void buffer(BufferedValue value) {
    // What is missing before the first one is the hole that is being filled.
    buffered.add(
        buffered.isEmpty() && value.ticks() == missingRange.until() ? value.withoutGap() : value);
  }

  /**
   * Gives up values that wait, because there are too many: history is read up to the last of them
   * instead.
   *
   * @return those that are given up
   */
  synchronized List<BufferedValue> dropBuffered() {
    if (phase != Phase.BACKFILLING || buffered.size() < 2) {
      return List.of();
    }
    BufferedValue newest = buffered.removeLast();
    List<BufferedValue> dropped = new ArrayList<>(buffered);
    buffered.clear();
    buffered.add(newest.withoutGap());
    missingRange =
        new MissingRange(
            missingRange.after(),
            Math.max(missingRange.until(), newest.ticks()),
            missingRange.cause());
    return dropped;
  }

  /**
   * Takes a value of history as delivered.
   *
   * @return its offset; null when it is not to be delivered: it is in Kafka, or among those that
   *     wait, or beyond them
   */
  synchronized NodeOffset backfill(DataValue value, long ticks, long hash) {
    if (phase != Phase.BACKFILLING
        || ticks < last.ticks()
        || last.has(ticks, hash)
        || ticks > missingRange.until()
        || (ticks == missingRange.until() && hasBuffered(ticks, hash))) {
      return null;
    }
    last =
        NodeOffset.after(
            partition, last, ticks, picoseconds(value), hash, missingRange.until(), bufferedFrom);
    return last;
  }

  private boolean hasBuffered(long ticks, long hash) {
    for (BufferedValue value : buffered) {
      if (value.ticks() == ticks && value.hash() == hash) {
        return true;
      }
    }
    return false;
  }

  /** Whether values wait. */
  synchronized boolean hasBuffered() {
    return !buffered.isEmpty();
  }

  /**
   * Takes the next value that waited as delivered, when history was read.
   *
   * @param dropped takes a value that waited and is in Kafka already
   * @return it and its offset; {@link Released#AGAIN} when history has to be read again before the
   *     next one; null when none waits any more and the node is live
   */
  synchronized Released release(java.util.function.Consumer<BufferedValue> dropped) {
    while (true) {
      BufferedValue value = buffered.poll();
      if (value == null) {
        phase = Phase.LIVE;
        return null;
      }
      if (last.has(value.ticks(), value.hash()) && last.until().isPresent()) {
        dropped.accept(value);
      } else if (value.overflowed() != null && value.ticks() > last.ticks()) {
        buffered.addFirst(value.withoutGap());
        missingRange = new MissingRange(last, value.ticks(), value.overflowed());
        bufferedFrom = last.live();
        return Released.AGAIN;
      } else {
        MissingRange lost = value.overflowed() == null ? null : at(last, value.overflowed());
        deliver(value.value(), value.ticks(), value.hash(), value.position());
        return new Released(value, last, lost);
      }
    }
  }

  /**
   * A value whose time has come.
   *
   * @param value null for {@link #AGAIN}
   * @param offset its offset
   * @param lost what is missing before it and cannot be read; null for nothing
   */
  record Released(BufferedValue value, NodeOffset offset, MissingRange lost) {
    /** Values are missing before the next one. */
    static final Released AGAIN = new Released(null, null, null);
  }

  @Override
  public String toString() {
    return partition.toString();
  }
}
