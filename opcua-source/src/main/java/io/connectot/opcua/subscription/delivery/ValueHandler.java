// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.delivery;

import io.connectot.core.model.Gap;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.ValueHash;
import io.connectot.opcua.resume.ValueInstant;
import io.connectot.opcua.subscription.node.Heartbeats;
import io.connectot.opcua.subscription.node.InFlightNotification;
import io.connectot.opcua.subscription.node.MissingRange;
import io.connectot.opcua.subscription.node.NodeState;
import io.connectot.opcua.subscription.node.NodeState.Step;
import io.connectot.opcua.subscription.node.ReceivedValue;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * Handles each value that arrives: drops, delivers or buffers it. For the thread that receives
 * values.
 */
public final class ValueHandler {
  private static final String OVERFLOWED =
      "the server's queue for the node was full; raise opcua.queue.size, or lower"
          + " opcua.publishing.interval.ms";

  /** StructureChanged and SemanticsChanged (OPC UA Part 8 §5.2). */
  private static final long CHANGED = 0xC000;

  private final HistoryBackfill backfill;
  private final EventBatch batch;
  private final Heartbeats heartbeats;
  private final Runnable typesChanged;

  /** The nodes whose last value reported a change of its meaning. */
  private final Set<NodeState> changing = new HashSet<>();

  /**
   * @param typesChanged called when the server reports that the meaning of a value changed
   */
  public ValueHandler(
      HistoryBackfill backfill, EventBatch batch, Heartbeats heartbeats, Runnable typesChanged) {
    this.backfill = backfill;
    this.batch = batch;
    this.heartbeats = heartbeats;
    this.typesChanged = typesChanged;
  }

  /** The batch that values are added to. */
  public EventBatch batch() {
    return batch;
  }

  /**
   * Handles a value.
   *
   * @param received when it came, epoch nanoseconds
   * @param message what it came in
   * @param overflow whether values right before it are missing, because the server's queue was full
   * @throws InterruptedException when the connection or the task is over
   */
  public void value(
      NodeState state,
      DataValue value,
      NotificationPosition position,
      long received,
      InFlightNotification message,
      boolean overflow)
      throws InterruptedException {
    long ticks = ValueInstant.ticks(value, received);
    boolean changed = value.statusCode() != null && (value.statusCode().value() & CHANGED) != 0;
    // Some servers report one change with every value.
    if (!changed) {
      changing.remove(state);
    } else if (changing.add(state)) {
      typesChanged.run();
    }
    ReceivedValue arrived =
        new ReceivedValue(
            value,
            ticks,
            ValueHash.of(value),
            position,
            received,
            message,
            overflow ? OVERFLOWED : null);
    Step step = state.accept(arrived, backfill.canBackfill(state));
    switch (step) {
      case DROP -> {
        if (state.last() != null && state.last().isLast(arrived.ticks(), arrived.hash())) {
          heartbeats.unchanged(state, value);
        }
      }
      case DELIVER -> deliver(state, value, received);
      case DELIVER_AFTER_GAP -> {
        batch.add(gap(state, state.missingRange(), false));
        deliver(state, value, received);
      }
      case BUFFER -> backfill.buffered(state);
      case BACKFILL -> {
        backfill.buffered(state);
        // Not before the values before this one are handed over: history comes after them.
        batch.then(() -> backfill.start(state));
      }
    }
  }

  private void deliver(NodeState state, DataValue value, long received)
      throws InterruptedException {
    var offset = state.last();
    batch.add(state.read(value, received, offset), state, offset);
    heartbeats.delivered(state, value);
  }

  /**
   * Repeats the last values of nodes whose heartbeat is due, with their time and quality.
   *
   * @param now epoch nanoseconds
   * @throws InterruptedException when the connection or the task is over
   */
  void repeatDue(long now) throws InterruptedException {
    heartbeats.repeat(
        (state, value) -> {
          var offset = state.last();
          batch.add(state.read(value, now, offset), state, offset);
        });
    batch.flush();
  }

  /** The gap of a range of missing values. */
  static Gap gap(NodeState state, MissingRange missingRange, boolean filled) {
    return new Gap(
        state.device(),
        Optional.of(state.node().tag()),
        ValueInstant.instant(missingRange.after().ticks()),
        ValueInstant.instant(missingRange.until()),
        missingRange.cause(),
        filled);
  }
}
