// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.mqtt.testing.TestBroker;
import io.connectot.sparkplug.testing.SimulatedEdge;
import io.connectot.sparkplug.topic.EdgeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Struct;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkplugSourceTaskTest {
  private static final EdgeId PRESS = EdgeId.ofNode("plant", "press");
  private static final String TAG = "line/m0";

  /** How often an edge node that publishes without end has a new value. */
  private static final long SCAN_NANOS = 1_000_000;

  private final HostTaskRig rig = new HostTaskRig();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private TestBroker broker;

  @BeforeEach
  void startBroker() throws Exception {
    broker = TestBroker.start();
  }

  @AfterEach
  void closeEverything() throws Exception {
    rig.close();
    for (AutoCloseable each : opened) {
      each.close();
    }
    broker.close();
  }

  private Map<String, String> props(String role) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "host");
    props.put("topic", "plant");
    props.put("status.topic", "status");
    props.put("status.heartbeat.ms", "86400000");
    props.put("gap.topic", "gaps");
    props.put("uns.path", "acme");
    props.put("mqtt.brokers", "tcp://127.0.0.1:" + broker.port());
    props.put("sparkplug.host.id", "scada");
    props.put("sparkplug.role", role);
    props.put("sparkplug.groups", "plant");
    props.put("reconnect.backoff.ms", "50");
    return props;
  }

  private SimulatedEdge edge(EdgeId id, int metrics, String primaryHost) throws Exception {
    SimulatedEdge edge =
        new SimulatedEdge(SimulatedEdge.local(broker.port()), id, metrics, primaryHost);
    opened.add(edge);
    return edge;
  }

  private SimulatedEdge pressAfterHost(String role) throws Exception {
    rig.start(props(role));
    eventually(() -> assertThat(rig.states("scada")).containsExactly("ONLINE"));
    SimulatedEdge edge = edge(PRESS, 3, null);
    edge.connect();
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).containsExactly(-1L));
    return edge;
  }

  private static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(check);
  }

  @Test
  void birthsDataAndDeathsBecomeRecords() throws Exception {
    SimulatedEdge edge = pressAfterHost("passive");
    edge.publish(0, 7);
    edge.publish(0, 8);
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).containsExactly(-1L, 7L, 8L));
    edge.vanish();

    eventually(() -> assertThat(rig.states("plant/press")).containsExactly("ONLINE", "OFFLINE"));
    eventually(() -> assertThat(rig.measurements("plant/press", TAG)).hasSize(4));
    Struct value = rig.measurements("plant/press", TAG).get(1);
    assertThat(value.getString("path")).isEqualTo("acme/plant/press/line/m0");
    assertThat(value.getString("protocol")).isEqualTo("sparkplug");
    assertThat(value.getString("type")).isEqualTo("INT64");
    assertThat(value.getString("quality")).isEqualTo("GOOD");
    Struct stale = rig.measurements("plant/press", TAG).get(3);
    assertThat(stale.getString("quality")).isEqualTo("BAD");
    assertThat(stale.getString("status")).isEqualTo("STALE");
    assertThat(rig.values("Measurement"))
        .extracting(each -> each.getString("tag"))
        .containsOnly("line/m0", "line/m1", "line/m2", "Node Control/Rebirth");
    assertThat(rig.failure()).isNull();
  }

  @Test
  void aPassiveHostRequestsNothing() throws Exception {
    SimulatedEdge edge = pressAfterHost("passive");
    edge.lose(3);
    edge.publish(0, 7);
    eventually(() -> assertThat(rig.values("Gap")).hasSize(1));
    assertThat(edge.rebirths()).isZero();
  }

  @Test
  void missingMessagesAreAGapAndARebirth() throws Exception {
    SimulatedEdge edge = pressAfterHost("active");
    edge.lose(3);
    edge.publish(0, 7);

    eventually(() -> assertThat(edge.rebirths()).isEqualTo(1));
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).containsExactly(-1L, 7L, 7L));
    assertThat(rig.values("Gap"))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.getString("device")).isEqualTo("plant/press");
              assertThat(gap.getString("cause")).startsWith("3 messages");
            });
  }

  @Test
  void birthsAreEmittedThoughNothingChanged() throws Exception {
    Map<String, String> props = props("active");
    props.put("report", "changes");
    rig.start(props);
    eventually(() -> assertThat(rig.states("scada")).containsExactly("ONLINE"));
    SimulatedEdge edge = edge(PRESS, 1, null);
    edge.connect();
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).containsExactly(-1L));
    edge.publish(0, -1);
    edge.rebirth();
    edge.publish(0, 2);

    eventually(() -> assertThat(rig.longs("plant/press", TAG)).endsWith(2L));
    assertThat(rig.longs("plant/press", TAG)).containsExactly(-1L, -1L, 2L);
  }

  @Test
  void aPayloadThatCannotBeReadAsksForARebirth() throws Exception {
    SimulatedEdge edge = pressAfterHost("active");
    edge.publishGarbage();
    eventually(() -> assertThat(edge.rebirths()).isEqualTo(1));
    assertThat(rig.failure()).isNull();
  }

  @Test
  void afterARestartAliasesHaveNamesAndWhatIsMissingIsAGap() throws Exception {
    SimulatedEdge edge = pressAfterHost("active");
    edge.publish(1, 5);
    eventually(() -> assertThat(rig.longs("plant/press", "line/m1")).endsWith(5L));
    rig.stop();
    edge.publish(1, 6);
    edge.publish(1, 7);

    // Nothing but the offsets is known to a task of another configuration, as on another worker.
    Map<String, String> props = props("active");
    props.put("mqtt.connect.timeout.ms", "9999");
    rig.start(props);
    eventually(() -> assertThat(rig.states("scada")).hasSizeGreaterThanOrEqualTo(2));
    edge.publish(1, 8);

    eventually(() -> assertThat(rig.longs("plant/press", "line/m1")).contains(5L, 8L));
    eventually(() -> assertThat(edge.rebirths()).isEqualTo(1));
    assertThat(rig.values("Measurement"))
        .extracting(each -> each.getString("tag"))
        .containsOnly("line/m0", "line/m1", "line/m2", "Node Control/Rebirth");
    assertThat(rig.values("Gap"))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.get("gap_start")).isNotNull();
              assertThat(gap.getString("cause")).contains("not running");
            });
  }

  @Test
  void aBirthWhoseOffsetWasResetIsRequestedByTheNextTask() throws Exception {
    SimulatedEdge edge = pressAfterHost("active");
    edge.publish(0, 7);
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).endsWith(7L));
    rig.stop();
    rig.offsets().clear();

    rig.start(props("active"));
    eventually(() -> assertThat(rig.states("scada")).hasSizeGreaterThanOrEqualTo(2));
    edge.publish(0, 8);

    eventually(() -> assertThat(edge.rebirths()).isEqualTo(1));
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).endsWith(8L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"passive", "active", "primary"})
  void valuesByAliasAreNotGoodAfterABirthThatWasMissed(String role) throws Exception {
    Map<String, String> props = props(role);
    if (!role.equals("passive")) {
      props.put("sparkplug.rebirth.on", "no-birth");
    }
    rig.start(props);
    eventually(() -> assertThat(rig.states("scada")).containsExactly("ONLINE"));
    SimulatedEdge edge = edge(PRESS, 3, null);
    edge.connect();
    edge.publish(0, 5);
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).endsWith(5L));
    rig.stop();
    edge.rebirthWithOtherAliases();
    for (int value = 6; value < 10; value++) {
      edge.publish(0, value);
    }
    rig.start(props);
    eventually(() -> assertThat(rig.states("scada")).hasSizeGreaterThanOrEqualTo(2));
    edge.publish(0, 77);

    eventually(() -> assertThat(withValue(77)).hasSize(1));
    assertThat(withValue(77).get(0).getString("quality")).isEqualTo("UNCERTAIN");
    assertThat(withValue(77).get(0).getString("status")).isEqualTo("ALIAS_UNVERIFIED");
    edge.rebirth();
    edge.publish(0, 78);
    eventually(() -> assertThat(withValue(78)).hasSize(1));
    assertThat(withValue(78).get(0).getString("tag")).isEqualTo(TAG);
    assertThat(withValue(78).get(0).getString("quality")).isEqualTo("GOOD");
  }

  private List<Struct> withValue(long value) {
    return rig.values("Measurement").stream()
        .filter(each -> Long.valueOf(value).equals(each.getInt64("value_long")))
        .toList();
  }

  @Test
  void dataWithoutABirthBecomesNoTagAndAsksOnce() throws Exception {
    SimulatedEdge edge = edge(PRESS, 1, null);
    edge.connect();
    rig.start(props("active"));
    eventually(() -> assertThat(rig.states("scada")).containsExactly("ONLINE"));
    edge.publish(0, 1);
    edge.publish(0, 2);

    eventually(() -> assertThat(rig.longs("plant/press", TAG)).contains(2L));
    assertThat(edge.rebirths()).isEqualTo(1);
    assertThat(rig.values("Measurement"))
        .extracting(each -> each.getString("tag"))
        .containsOnly("line/m0", "Node Control/Rebirth");
  }

  @Test
  void aPrimaryHostGoesOfflineWithKafkaAndNothingIsLost() throws Exception {
    Map<String, String> props = props("primary");
    props.put("sparkplug.state.follow.kafka.ms", "1000");
    rig.start(props);
    SimulatedEdge edge = edge(PRESS, 1, "scada");
    edge.connect();
    eventually(() -> assertThat(edge.isHostOnline()).isTrue());
    long value = 0;
    for (; value < 200; value++) {
      edge.publish(0, value);
    }
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).endsWith(199L));

    rig.stall(true);
    while (edge.isHostOnline() || edge.stored() < 100) {
      edge.publish(0, value++);
      Thread.onSpinWait();
    }
    rig.stall(false);
    eventually(() -> assertThat(edge.isHostOnline()).isTrue());
    eventually(() -> assertThat(edge.stored()).isZero());
    edge.publish(0, value++);

    long last = value - 1;
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).endsWith(last));
    List<Struct> all =
        rig.measurements("plant/press", TAG).stream()
            .filter(each -> each.getInt64("value_long") != null && each.getInt64("value_long") >= 0)
            .toList();
    assertThat(all.stream().map(each -> each.getInt64("value_long")).distinct().sorted())
        .containsExactlyElementsOf(LongStream.rangeClosed(0, last).boxed().toList());
    // A birth has the present value, which what was stored before it follows.
    assertThat(longs(all, false)).isSorted();
    assertThat(longs(all, true)).hasSizeGreaterThanOrEqualTo(100).isSorted();
    assertThat(longs(all, true)).doesNotHaveDuplicates();
    assertThat(rig.failure()).isNull();
  }

  @Test
  void nothingIsLostOfEdgeNodesThatAreSlowToSeeThatTheHostIsOffline() throws Exception {
    Map<String, String> props = props("primary");
    props.put("sparkplug.state.follow.kafka.ms", "1000");
    rig.start(props);
    SimulatedEdge edge = edge(PRESS, 1, "scada");
    edge.connect();
    eventually(() -> assertThat(edge.isHostOnline()).isTrue());
    edge.reactAfter(Duration.ofMillis(1500));
    long value = 0;
    rig.stall(true);
    while (edge.isHostOnline()) {
      edge.publish(0, value++);
      LockSupport.parkNanos(SCAN_NANOS);
    }
    rig.stall(false);
    while (edge.stored() == 0) {
      edge.publish(0, value++);
      LockSupport.parkNanos(SCAN_NANOS);
    }
    eventually(() -> assertThat(edge.stored()).isZero());
    edge.publish(0, value);

    long last = value;
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).endsWith(last));
    assertThat(rig.longs("plant/press", TAG))
        .containsAll(LongStream.rangeClosed(0, last).boxed().toList());
  }

  @Test
  void whatKafkaHadNotConfirmedWhenTheWorkerStoppedTheTaskIsSentByTheNext() throws Exception {
    Map<String, String> props = props("primary");
    rig.start(props);
    SimulatedEdge edge = edge(PRESS, 1, "scada");
    edge.connect();
    eventually(() -> assertThat(edge.isHostOnline()).isTrue());
    edge.publish(0, 1);
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).endsWith(1L));
    rig.stall(true);
    for (int value = 2; value < 50; value++) {
      edge.publish(0, value);
    }
    eventually(() -> assertThat(rig.longs("plant/press", TAG)).endsWith(49L));
    rig.stop();
    rig.forgetUnconfirmed();
    edge.publish(0, 50);

    rig.stall(false);
    rig.start(props);

    eventually(
        () ->
            assertThat(rig.longs("plant/press", TAG))
                .containsAll(LongStream.rangeClosed(1, 50).boxed().toList()));
    eventually(() -> assertThat(rig.states("plant/press")).endsWith("ONLINE"));
  }

  private static List<Long> longs(List<Struct> measurements, boolean historical) {
    return measurements.stream()
        .filter(each -> each.getBoolean("is_historical") == historical)
        .map(each -> each.getInt64("value_long"))
        .toList();
  }

  @Test
  void aCleanStopSaysThatTheHostIsOffline() throws Exception {
    rig.start(props("primary"));
    SimulatedEdge edge = edge(PRESS, 1, "scada");
    edge.connect();
    eventually(() -> assertThat(edge.isHostOnline()).isTrue());
    rig.stop();
    eventually(() -> assertThat(edge.isHostOnline()).isFalse());
  }

  @Test
  void twoBrokersAreConnectedAtOnce() throws Exception {
    try (TestBroker second = TestBroker.start()) {
      Map<String, String> props = props("primary");
      props.put(
          "mqtt.brokers", "tcp://127.0.0.1:" + broker.port() + ",tcp://127.0.0.1:" + second.port());
      rig.start(props);
      eventually(() -> assertThat(rig.states("scada-1")).containsExactly("ONLINE"));
      eventually(() -> assertThat(rig.states("scada-2")).containsExactly("ONLINE"));
      SimulatedEdge one = edge(PRESS, 1, "scada");
      SimulatedEdge other =
          new SimulatedEdge(
              SimulatedEdge.local(second.port()), EdgeId.ofNode("plant", "oven"), 1, "scada");
      opened.add(other);
      one.connect();
      other.connect();
      eventually(() -> assertThat(rig.longs("plant/press", TAG)).containsExactly(-1L));
      eventually(() -> assertThat(rig.longs("plant/oven", TAG)).containsExactly(-1L));
    }
  }
}
