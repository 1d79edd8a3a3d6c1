// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamSink;
import io.connectot.opcua.address.NodeAddress.ById;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.OperationLimits;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.resume.NodePartition;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.select.MonitoredNode;
import io.connectot.opcua.settings.OpcUaResumeConfig;
import io.connectot.opcua.subscription.EngineRig;
import io.connectot.opcua.subscription.node.Heartbeats;
import io.connectot.opcua.subscription.node.InFlightNotification;
import io.connectot.opcua.subscription.node.NodeState;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;

class ValueHandlerTest {
  private static final SubscriptionKey KEY = new SubscriptionKey(1, 1000, "0/1");
  private static final long T = 133_000_000_000_000_000L;

  private final List<Message> delivered = new ArrayList<>();
  private final StreamSink sink =
      new StreamSink() {
        @Override
        public void deliver(List<Message> batch) {
          delivered.addAll(batch);
        }

        @Override
        public void connectionLost(ProtocolException cause) {
          throw new AssertionError(cause);
        }

        @Override
        public void finished() {
          throw new AssertionError("not a former part");
        }
      };

  private int changes;
  private final Heartbeats heartbeats = new Heartbeats(() -> 0);
  private final HistoryBackfill backfill =
      new HistoryBackfill(
          session(),
          Configuration.parse(OpcUaResumeConfig.KEYS.definition(), Map.of()),
          sink,
          heartbeats,
          () -> 0);
  private final EventBatch batch = new EventBatch(sink);
  private final ValueHandler handler =
      new ValueHandler(backfill, batch, heartbeats, () -> changes++);
  private final NodeState state = state();

  /** Only the limits of a session are asked for. */
  private static UaSession session() {
    return (UaSession)
        Proxy.newProxyInstance(
            UaSession.class.getClassLoader(),
            new Class<?>[] {UaSession.class},
            (proxy, method, arguments) -> new OperationLimits(9, 9, 9, 9, 9, 9));
  }

  private static NodeState state() {
    Tag<OpcUaTag> tag =
        new Tag<>(
            "a",
            new OpcUaTag(
                new ById(Optional.empty(), 1, "s=a"), Optional.empty(), ItemSettings.DEFAULT),
            ValueType.INT32,
            Optional.empty(),
            Duration.ofSeconds(1),
            ReportPolicy.ALL,
            Scaling.NONE,
            Map.of());
    NodeState state =
        new NodeState(new NodePartition("plant", "ns=1;s=a", "a"), EngineRig.DEVICE, null);
    Point<OpcUaTag> point = new Point<>(EngineRig.DEVICE, tag);
    state.describe(
        new MonitoredNode("ns=1;s=a", new NodeId(1, "a"), point, NodeIds.Int32, -1, true),
        (value, received, position) ->
            Measurement.good(point, 1, new Value.LongValue((int) value.value().value())));
    state.restart("new", false);
    return state;
  }

  private void value(int number, InFlightNotification notification, boolean overflow)
      throws InterruptedException {
    DataValue value =
        new DataValue(
            Variant.ofInt32(number), StatusCode.GOOD, new DateTime(T + number), null, null, null);
    handler.value(
        state, value, new NotificationPosition(KEY, 1, number), 0, notification, overflow);
  }

  @Test
  void historyIsReadAfterTheValuesBeforeItWereHandedOver() throws Exception {
    InFlightNotification notification = new InFlightNotification(null, 1);
    batch.begin(notification);
    value(1, notification, false);
    value(9, notification, true);
    assertThat(backfill.pending()).isZero();

    batch.end();
    batch.flush();

    assertThat(delivered).singleElement().satisfies(m -> assertThat(m.events()).hasSize(1));
    assertThat(backfill.pending()).isEqualTo(1);
    assertThat(notification.isDone()).isFalse();
  }

  @Test
  void reportsAChangeOfMeaningOnceThoughEveryValueRepeatsIt() throws Exception {
    InFlightNotification notification = new InFlightNotification(null, 1);
    batch.begin(notification);
    long semanticsChanged = 0x4000;
    long[] statuses = {
      0, semanticsChanged, semanticsChanged, semanticsChanged, 0, semanticsChanged
    };
    for (int i = 0; i < statuses.length; i++) {
      DataValue value =
          new DataValue(
              Variant.ofInt32(i),
              new StatusCode(statuses[i]),
              new DateTime(T + i),
              null,
              null,
              null);
      handler.value(state, value, new NotificationPosition(KEY, 1, i + 1), 0, notification, false);
    }

    assertThat(changes).isEqualTo(2);
  }
}
