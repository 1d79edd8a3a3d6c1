// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Device;
import io.connectot.opcua.resume.NodeOffset;
import io.connectot.opcua.resume.NodePartition;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.resume.ValueHash;
import io.connectot.opcua.subscription.node.NodeState.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;

class NodeStateTest {
  private static final Device<?> DEVICE = new Device<>("plant", "opc.tcp://plant", "", Map.of());
  private static final NodePartition PARTITION = new NodePartition("plant", "ns=1;s=a", "a");
  private static final SubscriptionKey FIRST = new SubscriptionKey(1, 1000, "0/1");
  private static final SubscriptionKey SECOND = new SubscriptionKey(2, 1000, "0/1");
  private static final long T = 133_000_000_000_000_000L;

  private final List<ReceivedValue> dropped = new ArrayList<>();
  private final InFlightNotification message = new InFlightNotification(null, 1);
  private boolean canBackfill = true;

  private static DataValue value(int number) {
    return new DataValue(Variant.ofInt32(number));
  }

  private Step accept(NodeState state, int number, SubscriptionKey key, long sequence, int item) {
    return accept(state, number, key, sequence, item, null);
  }

  private Step accept(
      NodeState state, int number, SubscriptionKey key, long sequence, int item, String overflow) {
    NotificationPosition position = new NotificationPosition(key, sequence, item);
    DataValue value = value(number);
    return state.accept(
        new ReceivedValue(value, T + number, ValueHash.of(value), position, 0, message, overflow),
        canBackfill);
  }

  private Step overflow(NodeState state, int number, int time, long sequence) {
    DataValue value = value(number);
    NotificationPosition position = new NotificationPosition(FIRST, sequence, 1);
    return state.accept(
        new ReceivedValue(value, T + time, ValueHash.of(value), position, 0, message, "overflow"),
        canBackfill);
  }

  private static NodeOffset backfill(NodeState state, int number) {
    DataValue value = value(number);
    return state.backfill(value, T + number, ValueHash.of(value));
  }

  private List<Integer> release(NodeState state) {
    List<Integer> released = new ArrayList<>();
    for (ReleasedValue next = state.release(dropped::add);
        next != null && next.value() != null;
        next = state.release(dropped::add)) {
      released.add((Integer) next.value().value().value().value());
    }
    return released;
  }

  private static NodeState fresh() {
    NodeState state = new NodeState(PARTITION, DEVICE, null);
    state.restart("new", false);
    return state;
  }

  /** As after a restart of the task, from what was stored. */
  private static NodeState restarted(NodeOffset stored) {
    Map<String, Object> inKafka = new HashMap<>(stored.offset());
    return new NodeState(PARTITION, DEVICE, NodeOffset.parse(PARTITION, inKafka).orElseThrow());
  }

  @Test
  void deliversWhatComes() {
    NodeState state = fresh();

    assertThat(accept(state, 1, FIRST, 1, 1)).isEqualTo(Step.DELIVER);
    assertThat(accept(state, 2, FIRST, 1, 2)).isEqualTo(Step.DELIVER);
    // Sources may have clocks that are set back.
    assertThat(accept(state, 1, FIRST, 2, 1)).isEqualTo(Step.DELIVER);
  }

  @Test
  void leavesOutTheFirstValueWhereThatIsWanted() {
    NodeState state = new NodeState(PARTITION, DEVICE, null);
    state.restart("new", true);

    assertThat(accept(state, 1, FIRST, 1, 1)).isEqualTo(Step.DROP);
    assertThat(accept(state, 2, FIRST, 2, 1)).isEqualTo(Step.DELIVER);
  }

  @Test
  void dropsWhatIsInKafkaWhenTheSameSubscriptionGoesOn() {
    NodeState before = fresh();
    accept(before, 1, FIRST, 3, 1);
    accept(before, 2, FIRST, 3, 4);
    NodeState state = restarted(before.last());
    state.resumeIn(FIRST, "restart");

    assertThat(accept(state, 1, FIRST, 3, 1)).isEqualTo(Step.DROP);
    assertThat(accept(state, 2, FIRST, 3, 4)).isEqualTo(Step.DROP);
    assertThat(accept(state, 3, FIRST, 3, 5)).isEqualTo(Step.DELIVER);
    assertThat(accept(state, 4, FIRST, 4, 1)).isEqualTo(Step.DELIVER);
  }

  @Test
  void seesNoHoleWhenNothingChangedMeanwhile() {
    NodeState before = fresh();
    accept(before, 1, FIRST, 3, 1);
    NodeState state = restarted(before.last());
    state.restart("restart", false);

    assertThat(accept(state, 1, SECOND, 1, 1)).isEqualTo(Step.DROP);
    assertThat(accept(state, 2, SECOND, 2, 1)).isEqualTo(Step.DELIVER);
  }

  @Test
  void tellsOfAGapAfterARestartThoughTheClockWasSetBackOrStandsStill() {
    for (int time : new int[] {5, 9}) {
      NodeState before = fresh();
      accept(before, 9, FIRST, 3, 1);
      NodeState state = restarted(before.last());
      state.restart("restart", false);
      DataValue value = value(20);

      Step step =
          state.accept(
              new ReceivedValue(
                  value,
                  T + time,
                  ValueHash.of(value),
                  new NotificationPosition(SECOND, 1, 1),
                  0,
                  message,
                  null),
              canBackfill);

      assertThat(step).as("%d after %d", time, 9).isEqualTo(Step.DELIVER_AFTER_GAP);
      assertThat(state.missingRange().cause()).isEqualTo("restart");
      assertThat(accept(state, 21, SECOND, 1, 2)).isEqualTo(Step.DELIVER);
    }
  }

  @Test
  void deliversAfterAGapWhereThereIsNoHistory() {
    canBackfill = false;
    NodeState before = fresh();
    accept(before, 1, FIRST, 3, 1);
    NodeState state = restarted(before.last());
    state.restart("restart", false);

    assertThat(accept(state, 5, SECOND, 1, 1)).isEqualTo(Step.DELIVER_AFTER_GAP);
    assertThat(state.missingRange().after().ticks()).isEqualTo(T + 1);
    assertThat(state.missingRange().until()).isEqualTo(T + 5);
    assertThat(accept(state, 6, SECOND, 2, 1)).isEqualTo(Step.DELIVER);
  }

  @Test
  void fillsAHoleBeforeWhatCameMeanwhile() {
    NodeState before = fresh();
    accept(before, 1, FIRST, 3, 1);
    NodeState state = restarted(before.last());
    state.restart("restart", false);

    assertThat(accept(state, 5, SECOND, 1, 1)).isEqualTo(Step.BACKFILL);
    assertThat(accept(state, 6, SECOND, 2, 1)).isEqualTo(Step.BUFFER);
    assertThat(backfill(state, 1)).isNull();
    assertThat(backfill(state, 2)).isNotNull();
    assertThat(backfill(state, 3)).isNotNull();
    assertThat(backfill(state, 5)).isNull();
    assertThat(backfill(state, 6)).isNull();

    assertThat(release(state)).containsExactly(5, 6);
    assertThat(accept(state, 7, SECOND, 3, 1)).isEqualTo(Step.DELIVER);
    assertThat(dropped).isEmpty();
  }

  @Test
  void goesOnFillingAfterARestart() {
    NodeState before = fresh();
    accept(before, 1, FIRST, 3, 1);
    before.restart("server restart", false);
    accept(before, 5, SECOND, 1, 1);
    NodeOffset filled = backfill(before, 2);
    assertThat(filled.until()).hasValue(T + 5);
    NodeState state = restarted(filled);

    state.resumeIn(SECOND, "restart");

    assertThat(accept(state, 5, SECOND, 1, 1)).isEqualTo(Step.BACKFILL);
    assertThat(state.missingRange().after().ticks()).isEqualTo(T + 2);
    assertThat(backfill(state, 2)).isNull();
    assertThat(backfill(state, 3)).isNotNull();
    assertThat(release(state)).containsExactly(5);
  }

  @Test
  void fillsWhatOverflowed() {
    NodeState state = fresh();
    accept(state, 1, FIRST, 1, 1);

    assertThat(accept(state, 9, FIRST, 2, 1, "overflow")).isEqualTo(Step.BACKFILL);
    NodeOffset filled = backfill(state, 4);

    // The message that waits must come again after a restart, those before it must not.
    NodeState after = restarted(filled);
    after.resumeIn(FIRST, "restart");
    assertThat(accept(after, 1, FIRST, 1, 1)).isEqualTo(Step.DROP);
    assertThat(accept(after, 9, FIRST, 2, 1, "overflow")).isEqualTo(Step.BACKFILL);
  }

  @Test
  void fillsWhatOverflowedWhileHistoryWasRead() {
    NodeState state = fresh();
    accept(state, 1, FIRST, 1, 1);
    accept(state, 5, FIRST, 2, 1, "overflow");
    accept(state, 6, FIRST, 2, 2);
    accept(state, 9, FIRST, 3, 1, "again");
    assertThat(backfill(state, 3)).isNotNull();

    assertThat(release(state)).containsExactly(5, 6);

    assertThat(state.missingRange().after().ticks()).isEqualTo(T + 6);
    assertThat(state.missingRange().until()).isEqualTo(T + 9);
    assertThat(backfill(state, 8)).isNotNull();
    assertThat(release(state)).containsExactly(9);
    assertThat(accept(state, 10, FIRST, 4, 1)).isEqualTo(Step.DELIVER);
  }

  @Test
  void tellsOfAnOverflowThoughTheSourcesClockStandsStill() {
    NodeState state = fresh();
    accept(state, 5, FIRST, 1, 1);

    assertThat(overflow(state, 6, 5, 2)).isEqualTo(Step.DELIVER_AFTER_GAP);
    assertThat(state.missingRange().after().ticks()).isEqualTo(T + 5);
    assertThat(state.missingRange().until()).isEqualTo(T + 5);
    assertThat(state.missingRange().cause()).isEqualTo("overflow");
    // As a source that goes to and fro within one tick of its clock.
    assertThat(overflow(state, 6, 5, 3)).isEqualTo(Step.DELIVER_AFTER_GAP);
  }

  @Test
  void tellsOfAnOverflowThoughTheSourcesClockWasSetBack() {
    NodeState state = fresh();
    accept(state, 5, FIRST, 1, 1);
    state.expectLoss("lost");

    assertThat(overflow(state, 6, 2, 2)).isEqualTo(Step.DELIVER_AFTER_GAP);
    assertThat(state.missingRange().until()).isEqualTo(T + 5);
    assertThat(accept(state, 7, FIRST, 3, 1)).isEqualTo(Step.DELIVER);
  }

  @Test
  void tellsOfAnOverflowAmongValuesThatWaitedThoughTheClockStoodStill() {
    NodeState state = fresh();
    accept(state, 1, FIRST, 1, 1);
    accept(state, 5, FIRST, 2, 1, "overflow");
    overflow(state, 6, 5, 3);

    ReleasedValue waited = state.release(dropped::add);
    assertThat(waited.lost()).isNull();
    ReleasedValue behindLoss = state.release(dropped::add);
    assertThat(behindLoss.lost().after().ticks()).isEqualTo(T + 5);
    assertThat(behindLoss.lost().until()).isEqualTo(T + 5);
  }

  @Test
  void tellsOfALossWhileHistoryIsRead() {
    NodeState state = fresh();
    accept(state, 1, FIRST, 1, 1);
    accept(state, 5, FIRST, 2, 1, "overflow");
    state.expectLoss("lost");
    accept(state, 9, FIRST, 4, 1);

    assertThat(state.release(dropped::add).value().ticks()).isEqualTo(T + 5);
    assertThat(state.release(dropped::add)).isSameAs(ReleasedValue.READ_AGAIN);
    assertThat(state.missingRange().after().ticks()).isEqualTo(T + 5);
    assertThat(state.missingRange().until()).isEqualTo(T + 9);
    assertThat(state.missingRange().cause()).isEqualTo("lost");
  }

  @Test
  void tellsOfALossAfterWhatWaits() {
    NodeState state = fresh();
    accept(state, 1, FIRST, 1, 1);
    accept(state, 5, FIRST, 2, 1, "overflow");
    state.expectLoss("lost");

    assertThat(release(state)).containsExactly(5);
    assertThat(accept(state, 9, FIRST, 4, 1)).isEqualTo(Step.BACKFILL);
    assertThat(state.missingRange().cause()).isEqualTo("lost");
  }

  @Test
  void readsFurtherInHistoryWhenTooManyValuesWait() {
    NodeState state = fresh();
    accept(state, 1, FIRST, 1, 1);
    accept(state, 5, FIRST, 2, 1, "overflow");
    accept(state, 6, FIRST, 3, 1);
    accept(state, 7, FIRST, 4, 1);

    assertThat(state.dropBuffered()).hasSize(2);
    state.startReading();

    assertThat(state.missingRange().until()).isEqualTo(T + 7);
    assertThat(backfill(state, 5)).isNotNull();
    assertThat(backfill(state, 6)).isNotNull();
    assertThat(release(state)).containsExactly(7);
  }

  @Test
  void dropsAValueThatTheServerSentAgainWhileHistoryWasRead() {
    NodeState state = fresh();
    accept(state, 1, FIRST, 1, 1);
    accept(state, 5, FIRST, 2, 1, "lost");
    accept(state, 6, FIRST, 3, 1);
    accept(state, 6, FIRST, 4, 1);

    assertThat(release(state)).containsExactly(5, 6);
    assertThat(dropped).hasSize(1);
  }

  @Test
  void takesBackWhatTheRuntimeDidNotTakeOver() {
    NodeState state = fresh();
    accept(state, 1, FIRST, 1, 1);
    state.confirm(state.last());
    accept(state, 2, FIRST, 2, 1);

    state.startSession();
    state.resumeIn(FIRST, "connection lost");

    assertThat(accept(state, 1, FIRST, 1, 1)).isEqualTo(Step.DROP);
    assertThat(accept(state, 2, FIRST, 2, 1)).isEqualTo(Step.DELIVER);
  }

  @Test
  void suspectsNothingOfANodeThatNeverHadAValue() {
    NodeState state = fresh();
    state.expectLoss("lost");

    assertThat(accept(state, 1, FIRST, 2, 1)).isEqualTo(Step.DELIVER);
  }
}
