// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import static io.connectot.sparkplug.host.HostRig.DEVICE;
import static io.connectot.sparkplug.host.HostRig.NODE;
import static io.connectot.sparkplug.host.HostRig.START_MILLIS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.connectot.sparkplug.host.HostEvent.Born;
import io.connectot.sparkplug.host.HostEvent.Data;
import io.connectot.sparkplug.host.HostEvent.Died;
import io.connectot.sparkplug.host.HostEvent.Missed;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.topic.Groups;
import io.connectot.sparkplug.topic.MessageType;
import io.connectot.sparkplug.topic.SparkplugTopic;
import io.connectot.sparkplug.topic.StateMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** What the specification asks of a host application, by the names of its statements. */
class HostProfileTest {
  private final List<DynamicTest> tests = new ArrayList<>();

  private void check(Executable body, String... statements) {
    for (String statement : statements) {
      tests.add(dynamicTest("tck-id-" + statement, body));
    }
  }

  @TestFactory
  List<DynamicTest> state() {
    check(
        () -> {
          HostState state = new HostState("scada");
          assertThat(state.topic()).isEqualTo("spBv1.0/STATE/scada");
          assertThat(new String(state.connect(1000), UTF_8))
              .isEqualTo("{\"online\":false,\"timestamp\":1000}");
        },
        "host-topic-phid-death-topic",
        "host-topic-phid-death-payload",
        "operational-behavior-host-application-connect-will-topic",
        "operational-behavior-host-application-connect-will-payload",
        "payloads-state-will-message-payload");
    check(
        () -> {
          HostState state = new HostState("scada");
          state.connect(1000);
          assertThat(new String(state.birth(), UTF_8))
              .isEqualTo("{\"online\":true,\"timestamp\":1000}");
        },
        "host-topic-phid-birth-topic",
        "host-topic-phid-birth-payload",
        "host-topic-phid-birth-payload-timestamp",
        "message-flow-phid-sparkplug-state-publish-payload",
        "message-flow-phid-sparkplug-state-publish-payload-timestamp",
        "operational-behavior-host-application-connect-birth-topic",
        "operational-behavior-host-application-connect-birth-payload",
        "payloads-state-birth-payload");
    check(
        () -> {
          HostState state = new HostState("scada");
          state.connect(1000);
          assertThat(new String(state.connect(2000), UTF_8)).contains("2000");
          assertThat(new String(state.birth(), UTF_8)).contains("2000");
        },
        "host-topic-phid-death-payload-timestamp-connect");
    check(
        () -> {
          HostState state = new HostState("scada");
          state.connect(1000);
          state.birth();
          assertThat(new String(state.death(5000), UTF_8))
              .isEqualTo("{\"online\":false,\"timestamp\":5000}");
        },
        "host-topic-phid-death-payload-timestamp-disconnect-clean",
        "operational-behavior-host-application-death-payload",
        "operational-behavior-host-application-disconnect-intentional");
    check(
        () -> {
          HostState state = new HostState("scada");
          state.connect(1000);
          byte[] birth = state.birth();
          assertThat(state.seen(birth)).isEqualTo(HostState.Answer.NOTHING);
          assertThat(state.seen("{ \"timestamp\" : 900, \"online\" : false }".getBytes(UTF_8)))
              .isEqualTo(HostState.Answer.BIRTH);
          assertThat(state.seen(new StateMessage(false, 1000).toBytes()))
              .isEqualTo(HostState.Answer.BIRTH);
          assertThat(state.seen(new StateMessage(false, 1001).toBytes()))
              .isEqualTo(HostState.Answer.RECONNECT);
          assertThat(state.seen("OFFLINE".getBytes(UTF_8))).isEqualTo(HostState.Answer.BIRTH);
          state.death(2000);
          assertThat(state.seen(new StateMessage(false, 900).toBytes()))
              .isEqualTo(HostState.Answer.NOTHING);
        },
        "message-flow-hid-sparkplug-state-message-delivered");
    check(
        () -> {
          assertThat(Groups.parse(List.of("*")).filters()).containsExactly("spBv1.0/#");
          assertThat(Groups.parse(List.of("+"))).isEqualTo(Groups.ALL);
          assertThat(Groups.parse(List.of("a", "b")).filters())
              .containsExactly("spBv1.0/a/#", "spBv1.0/b/#");
          assertThatThrownBy(() -> Groups.parse(List.of())).hasMessageContaining("at least one");
          assertThatThrownBy(() -> Groups.parse(List.of("a", "*"))).hasMessageContaining("alone");
          assertThatThrownBy(() -> Groups.parse(List.of("a/#"))).hasMessageContaining("group id");
        },
        "message-flow-phid-sparkplug-subscription",
        "host-topic-phid-birth-sub-required");
    return tests;
  }

  @TestFactory
  List<DynamicTest> edgeNodeTermination() {
    check(
        () -> {
          HostRig rig = new HostRig();
          rig.nodeBirth(4);
          rig.deviceBirth(1);
          rig.nodeDeath(4L);
          assertThat(rig.all(Died.class))
              .extracting(Died::id, Died::sinceNanos)
              .containsExactly(tuple(DEVICE, rig.nanos()), tuple(NODE, rig.nanos()));
          assertThat(rig.all(Died.class).get(0).birth().definitions())
              .extracting(MetricDefinition::name)
              .containsExactly("temp");
          assertThat(rig.all(Died.class).get(1).birth().definitions())
              .extracting(MetricDefinition::name)
              .containsExactly("bdSeq", "Drive/speed", "count");
        },
        "operational-behavior-edge-node-termination-host-action-ndeath-node-offline",
        "operational-behavior-edge-node-termination-host-action-ndeath-node-tags-stale",
        "operational-behavior-edge-node-termination-host-action-ndeath-devices-offline",
        "operational-behavior-edge-node-termination-host-action-ndeath-devices-tags-stale",
        "operational-behavior-edge-node-intentional-disconnect-ndeath");
    check(
        () -> {
          HostRig rig = new HostRig();
          rig.nodeBirth(4);
          rig.nodeBirth(5);
          rig.nodeDeath(4L);
          assertThat(rig.all(Died.class)).isEmpty();
          rig.nodeDeath(5L);
          rig.nodeDeath(5L);
          assertThat(rig.all(Died.class)).hasSize(1);
        },
        "payloads-ndeath-bdseq");
    check(
        () -> {
          HostRig rig = new HostRig();
          rig.nodeBirth(4);
          rig.deviceBirth(1);
          rig.deviceDeath(2, START_MILLIS - 500);
          assertThat(rig.all(Died.class))
              .singleElement()
              .satisfies(
                  died -> {
                    assertThat(died.id()).isEqualTo(DEVICE);
                    assertThat(died.sinceNanos()).isEqualTo((START_MILLIS - 500) * 1_000_000);
                    assertThat(died.birth()).isNotNull();
                  });
          rig.nodeData(3, 30);
          assertThat(rig.values()).containsExactly(30L);
          assertThat(rig.rebirths()).isEmpty();
        },
        "operational-behavior-edge-node-termination-host-action-ddeath-devices-offline",
        "operational-behavior-edge-node-termination-host-action-ddeath-devices-tags-stale",
        "operational-behavior-device-ddeath",
        "payloads-ddeath-seq-inc",
        "payloads-ddeath-timestamp");
    return tests;
  }

  @TestFactory
  List<DynamicTest> messageOrder() {
    check(
        () -> {
          HostRig rig = new HostRig();
          rig.nodeBirth(0);
          rig.nodeData(1, 10);
          rig.nodeData(3, 30);
          rig.pass(1500);
          assertThat(rig.values()).containsExactly(10L);
          rig.nodeData(2, 20);
          rig.pass(5000);
          assertThat(rig.values()).containsExactly(10L, 20L, 30L);
          assertThat(rig.rebirths()).isEmpty();
          assertThat(rig.all(Missed.class)).isEmpty();
        },
        "operational-behavior-host-reordering-param",
        "operational-behavior-host-reordering-start",
        "operational-behavior-host-reordering-success");
    check(
        () -> {
          HostRig rig = new HostRig();
          rig.nodeBirth(0);
          rig.deviceBirth(1);
          rig.deviceData(2, 20);
          long before = rig.nanos();
          rig.pass(100);
          rig.deviceData(5, 50);
          long after = rig.nanos();
          rig.pass(1999);
          assertThat(rig.rebirths()).isEmpty();
          rig.pass(1);
          assertThat(rig.rebirths())
              .singleElement()
              .satisfies(
                  asked -> {
                    assertThat(asked.id()).isEqualTo(NODE);
                    assertThat(asked.cause())
                        .isEqualTo("2 messages of the edge node missing: sequence numbers 3 to 4");
                  });
          assertThat(rig.all(Missed.class))
              .extracting(Missed::id, Missed::fromNanos, Missed::toNanos)
              .containsExactly(tuple(NODE, before, after), tuple(DEVICE, before, after));
          assertThat(rig.values()).containsExactly(20L, 50L);
        },
        "operational-behavior-host-reordering-rebirth",
        "operational-behavior-data-commands-ncmd-rebirth-verb");
    check(
        () -> {
          HostRig rig = new HostRig();
          rig.nodeBirth(0);
          IntStream.rangeClosed(1, 600).forEach(i -> rig.nodeData(i % 256, i));
          assertThat(rig.values()).hasSize(600).isSorted();
          assertThat(rig.rebirths()).isEmpty();
        },
        "payloads-sequence-num-incrementing",
        "payloads-sequence-num-always-included");
    check(
        () -> {
          HostRig rig = new HostRig();
          rig.nodeBirth(0);
          rig.nodeData(1, 10);
          rig.nodeBirth(1);
          rig.nodeData(1, 11);
          assertThat(rig.values()).containsExactly(10L, 11L);
          assertThat(rig.all(Missed.class)).isEmpty();
        },
        "payloads-sequence-num-req-nbirth");
    check(
        () -> {
          HostRig rig = new HostRig();
          rig.nodeBirth(0);
          rig.nodeData(1, 10);
          Payload again = Payload.of(rig.millis() - 1, 1L, List.of(HostRig.byAlias(1, 10)));
          rig.send(MessageType.NDATA, NODE, again);
          rig.nodeData(2, 20);
          rig.pass(5000);
          assertThat(rig.values()).containsExactly(10L, 20L);
          assertThat(rig.rebirths()).isEmpty();
        },
        "payloads-sequence-num-incrementing: a number that comes twice");
    return tests;
  }

  @TestFactory
  List<DynamicTest> births() {
    check(
        () -> {
          HostRig rig = new HostRig();
          rig.nodeBirth(0);
          rig.nodeData(1, 10);
          Data data = rig.all(Data.class).get(0);
          assertThat(data.definitions()[0].name()).isEqualTo("Drive/speed");
          assertThat(rig.all(Born.class).get(0).birth().size()).isEqualTo(3);
        },
        "payloads-alias-birth-requirement",
        "payloads-alias-data-cmd-requirement",
        "payloads-alias-uniqueness");
    check(
        () -> {
          HostRig rig = new HostRig();
          rig.nodeBirth(0);
          for (int i = 1; i < 6; i++) {
            rig.send(
                MessageType.NDATA,
                NODE,
                Payload.of(rig.millis(), (long) i, List.of(HostRig.byAlias(17, i))));
          }
          assertThat(rig.rebirths()).hasSize(1);
          assertThat(rig.all(Data.class)).allMatch(data -> data.definitions()[0] == null);
          rig.nodeBirth(0);
          assertThat(rig.all(Missed.class))
              .singleElement()
              .satisfies(missed -> assertThat(missed.toNanos()).isEqualTo(rig.nanos()));
        },
        "payloads-nbirth-rebirth-req",
        "topics-nbirth-rebirth-metric");
    check(
        () -> {
          EdgeId other = EdgeId.ofNode("plant", "oven");
          HostRig rig = new HostRig();
          rig.send(MessageType.NDATA, other, Payload.of(null, 9L, List.<Metric>of()));
          assertThat(rig.rebirths()).extracting(HostEvent::id).containsExactly(other);
          assertThat(new SparkplugTopic(MessageType.NCMD, other).text())
              .isEqualTo("spBv1.0/plant/NCMD/oven");
        },
        "topics-ncmd-topic",
        "operational-behavior-data-commands-ncmd-verb");
    return tests;
  }
}
