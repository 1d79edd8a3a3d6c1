// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.ReportPolicy.Mode;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.opcua.address.NodeAddress.ById;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.resume.NodePartition;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.select.MonitoredNode;
import io.connectot.opcua.subscription.EngineRig;
import io.connectot.opcua.subscription.node.NodeState;
import io.connectot.opcua.subscription.node.NodeState.Step;
import io.connectot.opcua.subscription.node.ReceivedValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;

/** When nodes are read where nothing is subscribed to, and what of that goes on. */
class ReadScheduleTest {
  private static final long MILLI = 1_000_000;
  private static final long START = 1_000_000_000_000L * MILLI;

  private final ReadSchedule times = new ReadSchedule();
  private final NodeState fast = state("fast", 100, ReportPolicy.ALL);
  private final NodeState slow = state("slow", 1000, ReportPolicy.ALL);

  private static NodeState state(String name, long interval, ReportPolicy report) {
    OpcUaTag address =
        new OpcUaTag(
            new ById(Optional.empty(), 1, "s=" + name), Optional.empty(), ItemSettings.DEFAULT);
    Tag<OpcUaTag> tag =
        new Tag<>(
            name,
            address,
            ValueType.INT32,
            Optional.empty(),
            Duration.ofMillis(interval),
            report,
            Scaling.NONE,
            Map.of());
    NodeState state =
        new NodeState(new NodePartition("plant", "ns=1;s=" + name, name), EngineRig.DEVICE, null);
    state.describe(
        new MonitoredNode(
            name,
            new NodeId(1, name),
            new Point<>(EngineRig.DEVICE, tag),
            NodeIds.Int32,
            -1,
            false),
        null);
    return state;
  }

  private List<NodeState> take(long millis) {
    return times.take(List.of(fast, slow), START + millis * MILLI);
  }

  @Test
  void readsEachNodeAtItsInterval() {
    assertThat(take(250)).containsExactly(fast, slow);
    assertThat(times.nanosToNext(START + 250 * MILLI)).isEqualTo(50 * MILLI);
    assertThat(take(299)).isEmpty();
    assertThat(take(300)).containsExactly(fast);
    assertThat(take(999)).containsExactly(fast);
    assertThat(take(1000)).containsExactly(fast, slow);
  }

  @Test
  void readsAtOnceAgainWhenReadingTookLonger() {
    take(0);

    assertThat(times.nanosToNext(START + 2500 * MILLI)).isZero();
    assertThat(take(2500)).containsExactly(fast, slow);
    assertThat(take(2600)).containsExactly(fast);
  }

  @Test
  void doesNotWaitForAClockThatWasSetBack() {
    take(3_600_000);

    assertThat(take(0)).containsExactly(fast, slow);
  }

  @Test
  void leavesItToTheHeartbeatWhetherTheSameValueIsTold() {
    ReportPolicy beats =
        new ReportPolicy(Mode.CHANGES, Deadband.NONE, Optional.of(Duration.ofSeconds(1)));
    NodeState beating = state("beating", 100, beats);
    DataValue value = new DataValue(Variant.ofInt32(1));

    assertThat(read(beating, value)).isEqualTo(Step.DELIVER);
    assertThat(read(beating, value)).isEqualTo(Step.DELIVER);
    assertThat(read(fast, value)).isEqualTo(Step.DELIVER);
    assertThat(read(fast, value)).isEqualTo(Step.DROP);
  }

  private static Step read(NodeState state, DataValue value) {
    return state.accept(
        new ReceivedValue(value, 1, 1, NotificationPosition.NONE, 0, null, null), false);
  }
}
