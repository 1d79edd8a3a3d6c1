// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.opcua.resume.NodeOffset;
import io.connectot.opcua.resume.NodePartition;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.resume.ValueInstant;
import io.connectot.opcua.select.MonitoredNode;
import io.connectot.opcua.subscription.node.ValueSource.NodeValues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * The state of one node, kept from session to session: the offset of its last value, and the values
 * that wait until missing ones were read from history. Thread-safe: one thread receives values,
 * another reads history.
 */
public final class NodeState {
  /** What {@link #accept} decided about a value. */
  public enum Step {
    /** The value is in Kafka already, or not wanted. */
    DROP,
    /** The value comes next. */
    DELIVER,
    /** Values before this one are lost; report the gap, then deliver. */
    DELIVER_AFTER_GAP,
    /** The value was buffered until history was read. */
    BUFFER,
    /** As {@link #BUFFER}, for the first one: history must be read up to it. */
    BACKFILL
  }

  /** What happens to the next value. */
  private enum Phase {
    /** It is delivered. */
    LIVE,
    /** It shows up to when values are missing. */
    AWAITING,
    /** It is buffered while history is read. */
    BACKFILLING
  }

  private final NodePartition partition;
  private final Device<?> device;

  /** Both as in the current session; null before the first. */
  private volatile MonitoredNode node;

  private volatile NodeValues values;

  /** All that follows is guarded by this. */
  private Phase phase = Phase.LIVE;

  /** The last value that was accepted; null before the first. */
  private NodeOffset last;

  /** The last value that was handed to the runtime; null before the first. */
  private NodeOffset confirmed;

  private boolean skipNext;
  private String cause = "";

  /** Why values are missing after the buffered ones; null when none are. */
  private String bufferedLoss;

  private MissingRange missingRange;

  /** Whether buffered values were dropped since history was last read from the beginning. */
  private boolean readFurther;

  /** The position in the subscription before the first buffered value. */
  private NotificationPosition bufferedFrom = NotificationPosition.NONE;

  /** Empty for most nodes, of which there are many: made without room. */
  private final ArrayDeque<ReceivedValue> buffered = new ArrayDeque<>(1);

  /** With the offset that the worker stored; null for none. */
  public NodeState(NodePartition partition, Device<?> device, NodeOffset stored) {
    this.partition = partition;
    this.device = device;
    this.last = stored;
    this.confirmed = stored;
  }

  NodePartition partition() {
    return partition;
  }

  /** Its device. */
  public Device<?> device() {
    return device;
  }

  /** The node as the current session describes it; null before the first. */
  public MonitoredNode node() {
    return node;
  }

  /** Starts a session: the server sends again what the runtime did not take in the last one. */
  public synchronized void startSession() {
    last = confirmed;
    buffered.clear();
    bufferedLoss = null;
    missingRange = null;
    readFurther = false;
    skipNext = false;
  }

  /** Sets the node as this session describes it. */
  public void describe(MonitoredNode current, NodeValues reader) {
    node = current;
    values = reader;
  }

  /** Decodes a value. */
  public Measurement read(DataValue value, long receivedNanos, NodeOffset position) {
    return values.read(value, receivedNanos, position);
  }

  /** The position of the last delivered value that came by a subscription. */
  public synchronized NotificationPosition lastNotification() {
    return last == null ? NotificationPosition.NONE : last.live();
  }

  /** Whether values wait until history was read. */
  synchronized boolean isBackfilling() {
    return phase == Phase.BACKFILLING;
  }

  /** Whether the offset of a delivered value names a subscription. */
  synchronized boolean isRecordedIn(SubscriptionKey subscription) {
    return confirmed != null && subscription.equals(confirmed.live().subscription());
  }

  /** Whether a value was delivered before, or history is to be read from some time on. */
  public synchronized boolean hasOffset() {
    return last != null;
  }

  /** Reads history from some time on, before the first value. */
  public synchronized void startAt(long ticks) {
    last = NodeOffset.startingAt(partition, ticks);
  }

  /**
   * The item is still monitored, in a subscription that was transferred.
   *
   * @param why the cause to report if values are missing nonetheless
   */
  public synchronized void resumeIn(SubscriptionKey subscription, String why) {
    boolean nothingMissing =
        last == null
            || (subscription.equals(last.live().subscription())
                && last.until().isEmpty()
                && phase == Phase.LIVE);
    phase = nothingMissing ? Phase.LIVE : Phase.AWAITING;
    cause = why;
  }

  /**
   * The item was created anew.
   *
   * @param why the cause to report if values are missing
   * @param skipFirst whether to drop its first value if there was none before
   */
  public synchronized void restart(String why, boolean skipFirst) {
    phase = last == null ? Phase.LIVE : Phase.AWAITING;
    skipNext = skipFirst && last == null;
    cause = why;
  }

  /** Values may be missing before the next one. */
  public synchronized void expectLoss(String why) {
    if (phase == Phase.BACKFILLING) {
      bufferedLoss = why;
    } else if (phase == Phase.LIVE && last != null) {
      phase = Phase.AWAITING;
      cause = why;
    }
  }

  /**
   * Decides about a value that arrived, and buffers it if it has to wait. A value to be delivered
   * becomes the {@link #last}.
   *
   * @param canBackfill whether history may be read
   */
  public synchronized Step accept(ReceivedValue value, boolean canBackfill) {
    NotificationPosition position = value.position();
    if (last != null
        && last.live().covers(position.subscription(), position.sequence(), position.item())) {
      return Step.DROP;
    }
    if (phase == Phase.BACKFILLING) {
      buffer(value);
      return Step.BUFFER;
    }
    boolean lost = value.lossCause() != null && last != null;
    if (!lost && last != null && last.isLast(value.ticks(), value.hash())) {
      phase = Phase.LIVE;
      return mayBeHeartbeat(position) ? Step.DELIVER : Step.DROP;
    }
    boolean awaiting = phase == Phase.AWAITING;
    phase = Phase.LIVE;
    if (skipNext && !awaiting) {
      skipNext = false;
      return Step.DROP;
    }
    if (!lost && (!awaiting || last == null)) {
      deliver(value);
      return Step.DELIVER;
    }
    String why = awaiting ? cause : value.lossCause();
    if (value.ticks() > last.ticks()) {
      return afterLoss(value, why, canBackfill);
    }
    // The source's clock was set back, or does not advance: no history says what is missing.
    missingRange = MissingRange.at(last, why);
    deliver(value);
    return Step.DELIVER_AFTER_GAP;
  }

  /** Whether a value that was polled again may be due as heartbeat, which the runtime decides. */
  private boolean mayBeHeartbeat(NotificationPosition position) {
    return position.subscription() == null
        && node != null
        && node.tag().report().heartbeat().isPresent();
  }

  private Step afterLoss(ReceivedValue value, String why, boolean canBackfill) {
    missingRange = new MissingRange(last, value.ticks(), why);
    if (!canBackfill) {
      deliver(value);
      return Step.DELIVER_AFTER_GAP;
    }
    phase = Phase.BACKFILLING;
    SubscriptionKey subscription = value.position().subscription();
    bufferedFrom =
        subscription != null && subscription.equals(last.live().subscription())
            ? last.live()
            : new NotificationPosition(subscription, 0, 0);
    buffer(value.noLoss());
    return Step.BACKFILL;
  }

  private void buffer(ReceivedValue value) {
    value.message().retain();
    buffered.add(bufferedLoss == null ? value : value.afterLoss(bufferedLoss));
    bufferedLoss = null;
  }

  private void deliver(ReceivedValue value) {
    last =
        NodeOffset.after(
            partition,
            last,
            value.ticks(),
            ValueInstant.picoseconds(value.value()),
            value.hash(),
            0,
            value.position());
  }

  /** The offset of the value that was accepted last; not null after one was. */
  public synchronized NodeOffset last() {
    return last;
  }

  /** The range before the value that was accepted last, or before the buffered ones. */
  public synchronized MissingRange missingRange() {
    return missingRange;
  }

  /** The runtime took a value; after a loss of the connection the server need not repeat it. */
  public synchronized void confirm(NodeOffset delivered) {
    confirmed = delivered;
  }

  /**
   * Drops and returns buffered values, because there are too many: history is read up to the last
   * of them instead.
   */
  public synchronized List<ReceivedValue> dropBuffered() {
    if (phase != Phase.BACKFILLING || buffered.size() < 2) {
      return List.of();
    }
    ReceivedValue newest = buffered.removeLast();
    List<ReceivedValue> dropped = new ArrayList<>(buffered);
    buffered.clear();
    buffered.add(newest.noLoss());
    long until = Math.max(missingRange.until(), newest.ticks());
    missingRange = new MissingRange(missingRange.after(), until, missingRange.cause());
    readFurther = true;
    return dropped;
  }

  /** Starts to read history. Returns the range to read. */
  public synchronized MissingRange startReading() {
    readFurther = false;
    return missingRange;
  }

  /**
   * Accepts a value of history.
   *
   * @return its offset; null when it is not to be delivered: it is in Kafka, or buffered, or after
   *     the buffered ones
   */
  public synchronized NodeOffset backfill(DataValue value, long ticks, long hash) {
    if (phase != Phase.BACKFILLING
        || ticks < last.ticks()
        || last.has(ticks, hash)
        || ticks > missingRange.until()
        || (ticks == missingRange.until() && isBuffered(ticks, hash))) {
      return null;
    }
    last =
        NodeOffset.after(
            partition,
            last,
            ticks,
            ValueInstant.picoseconds(value),
            hash,
            missingRange.until(),
            bufferedFrom);
    return last;
  }

  private boolean isBuffered(long ticks, long hash) {
    return buffered.stream().anyMatch(value -> value.ticks() == ticks && value.hash() == hash);
  }

  /**
   * Ends reading.
   *
   * @param complete whether everything was read
   * @return the range that was read; null if history must be read further
   */
  public synchronized MissingRange endReading(boolean complete) {
    if (complete && readFurther) {
      return null;
    }
    readFurther = false;
    return missingRange;
  }

  /** Whether values wait until history was read. */
  public synchronized boolean hasBuffered() {
    return !buffered.isEmpty();
  }

  /**
   * Accepts the next buffered value, after history was read.
   *
   * @param dropped receives a buffered value that was delivered already
   * @return the value; {@link ReleasedValue#READ_AGAIN} when history must be read again before it;
   *     null when none is buffered and the node is live
   */
  public synchronized ReleasedValue release(Consumer<ReceivedValue> dropped) {
    while (true) {
      ReceivedValue value = buffered.peek();
      if (value == null) {
        phase = Phase.LIVE;
        if (bufferedLoss != null) {
          expectLoss(bufferedLoss);
          bufferedLoss = null;
        }
        return null;
      }
      if (readFurther) {
        readFrom(missingRange.until(), missingRange.cause());
        return ReleasedValue.READ_AGAIN;
      }
      buffered.remove();
      if (isKnown(value)) {
        dropped.accept(value);
      } else if (value.lossCause() != null && value.ticks() > last.ticks()) {
        buffered.addFirst(value.noLoss());
        readFrom(value.ticks(), value.lossCause());
        return ReleasedValue.READ_AGAIN;
      } else {
        MissingRange lost =
            value.lossCause() == null ? null : MissingRange.at(last, value.lossCause());
        deliver(value);
        return new ReleasedValue(value, last, lost);
      }
    }
  }

  /** Whether history had the value, or the server sent the last value again. */
  private boolean isKnown(ReceivedValue value) {
    return last.until().isPresent()
        ? last.has(value.ticks(), value.hash())
        : value.lossCause() == null && last.isLast(value.ticks(), value.hash());
  }

  private void readFrom(long until, String why) {
    missingRange = new MissingRange(last, until, why);
    bufferedFrom = last.live();
  }

  @Override
  public String toString() {
    return partition.toString();
  }
}
