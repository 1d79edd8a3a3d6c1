// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.connection.Clock;
import io.connectot.mqtt.testing.TestBroker;
import io.connectot.sparkplug.HostTaskRig;
import io.connectot.sparkplug.testing.SimulatedEdge;
import io.connectot.sparkplug.topic.EdgeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker keeps of a connector that was stopped or deleted. */
class FormerTasksTest {
  private static final String NAME = "former";
  private static final String DEVICE = "plant/press";
  private static final long TWO_MINUTES = Duration.ofMinutes(2).toNanos();
  private static final long HALF_AN_HOUR = Duration.ofMinutes(31).toNanos();

  private final HostTaskRig rig = new HostTaskRig();
  private TestBroker broker;
  private SimulatedEdge edge;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
    Map<String, String> props = new HashMap<>();
    props.put("name", NAME);
    props.put("topic", "plant");
    props.put("status.topic", "status");
    props.put("mqtt.brokers", "tcp://127.0.0.1:" + broker.port());
    props.put("sparkplug.host.id", "scada");
    props.put("sparkplug.groups", "plant");
    rig.start(props);
    await().until(() -> rig.states("scada").contains("ONLINE"));
    edge =
        new SimulatedEdge(
            SimulatedEdge.local(broker.port()), EdgeId.ofNode("plant", "press"), 1, null);
    edge.connect();
    await().until(() -> rig.longs(DEVICE, "line/m0").contains(-1L));
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
    edge.close();
    broker.close();
    FormerTasks.forget(Clock.SYSTEM.tick() + HALF_AN_HOUR);
  }

  @Test
  void aTaskThatRunsIsNotForgotten() {
    FormerTasks.forget(Clock.SYSTEM.tick() + TWO_MINUTES);
    assertThat(FormerTasks.isKept(NAME)).isTrue();
  }

  @Test
  void aStoppedTaskWhoseRecordsAreAllInKafkaIsForgottenSoon() throws Exception {
    rig.stop();
    FormerTasks.forget(Clock.SYSTEM.tick());
    assertThat(FormerTasks.isKept(NAME)).isTrue();
    FormerTasks.forget(Clock.SYSTEM.tick() + TWO_MINUTES);
    assertThat(FormerTasks.isKept(NAME)).isFalse();
  }

  @Test
  void aTaskWhoseOffsetsAreChangedIsForgotten() throws Exception {
    rig.stop();
    SparkplugDriver.offsetsChanged(NAME);
    assertThat(FormerTasks.isKept(NAME)).isFalse();
  }

  @Test
  void whatKafkaDoesNotHaveIsKeptForHalfAnHour() throws Exception {
    rig.stall(true);
    edge.publish(0, 7);
    await().until(() -> rig.longs(DEVICE, "line/m0").contains(7L));
    rig.stop();
    FormerTasks.forget(Clock.SYSTEM.tick() + TWO_MINUTES);
    assertThat(FormerTasks.isKept(NAME)).isTrue();
    FormerTasks.forget(Clock.SYSTEM.tick() + HALF_AN_HOUR);
    assertThat(FormerTasks.isKept(NAME)).isFalse();
  }
}
