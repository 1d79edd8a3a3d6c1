// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events and alarms of a server as records, over everything that may happen to a task. */
class OpcUaEventsTest {
  private static final String EVENTS = "events";

  @TempDir private Path pki;
  private PlantServer plant;

  @BeforeEach
  void startPlant() {
    plant = PlantServer.start();
    plant.alarms().raise("Old", "Press2", 100, "old");
  }

  @AfterEach
  void stopPlant() {
    plant.close();
  }

  private static Map<String, String> config(String... more) {
    Map<String, String> config = new HashMap<>(Map.of("opcua.events.topic", EVENTS));
    for (int i = 0; i < more.length; i += 2) {
      config.put(more[i], more[i + 1]);
    }
    return config;
  }

  private TaskRig rig(String... more) {
    return new TaskRig(plant, pki, config(more));
  }

  /** Waits until what the server knew before was told. */
  private static void awaitRefresh(TaskRig rig) {
    rig.until(() -> messages(rig).contains("old"));
  }

  private static List<Object> messages(TaskRig rig) {
    return rig.values(EVENTS, "message");
  }

  private int unacknowledged() {
    return plant.server().getSubscriptions().values().stream()
        .mapToInt(subscription -> subscription.getAvailableSequenceNumbers().length)
        .sum();
  }

  @Test
  void tellsTheLifeOfAnAlarmInOrder() {
    try (TaskRig rig = rig("tags.temperature", "/Objects/Press1/Temperature").start()) {
      awaitRefresh(rig);
      plant.alarms().raise("Hot", "Press1", 700, "too hot");
      plant.alarms().acknowledge("Hot");
      rig.until(() -> hot(rig, "active").size() == 2);
      Struct active = rig.compacted(EVENTS).get("plant/" + PlantServer.address("Alarms.Hot"));

      assertThat(active.getString("condition_name")).isEqualTo("Hot");
      assertThat(active.getBoolean("acknowledged")).isTrue();

      plant.alarms().clear("Hot");
      rig.until(() -> hot(rig, "active").size() == 3);

      assertThat(hot(rig, "active")).containsExactly(true, true, false);
      assertThat(hot(rig, "acknowledged")).containsExactly(false, true, true);
      assertThat(hot(rig, "retain")).containsExactly(true, true, false);
      assertThat(rig.values(EVENTS, "condition_name").get(0)).isEqualTo("Old");
      assertThat(rig.values(EVENTS, "is_refresh").get(0)).isEqualTo(true);
      rig.until(() -> rig.compacted(EVENTS).size() == 1);
      assertThat(rig.compacted(EVENTS))
          .containsOnlyKeys("plant/" + PlantServer.address("Alarms.Old"));
      rig.until(() -> !rig.values("plant").isEmpty());
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  /** A field of what is new of an alarm; a refresh may repeat its state at any time. */
  private static List<Object> hot(TaskRig rig, String field) {
    return rig.values(EVENTS).stream()
        .filter(event -> "Hot".equals(event.getString("condition_name")))
        .filter(event -> !event.getBoolean("is_refresh"))
        .map(event -> event.get(field))
        .toList();
  }

  @Test
  void saysWhyNoEventsComeAndWhatToDo() {
    try (TaskRig rig =
        rig("status.topic", "status", "opcua.events.types", "nsu=urn:none;s=Batch,i=2041")
            .start()) {
      rig.until(() -> causes(rig).stream().anyMatch(cause -> cause.contains("all events")));

      assertThat(causes(rig))
          .anySatisfy(
              cause ->
                  assertThat(cause)
                      .contains("does not send all events")
                      .contains("nsu=urn:none;s=Batch of opcua.events.types")
                      .contains("correct the key"));
      awaitRefresh(rig);
    }
    try (TaskRig rig =
        rig("status.topic", "status", "opcua.events.sources", "nsu=urn:none;s=Line9").start()) {
      rig.until(() -> causes(rig).stream().anyMatch(cause -> cause.contains("no events")));

      assertThat(causes(rig))
          .anySatisfy(
              cause -> assertThat(cause).contains("nsu=urn:none;s=Line9 of opcua.events.sources"));
    }
  }

  private static List<String> causes(TaskRig rig) {
    return rig.values("status").stream()
        .filter(status -> status.schema().name().endsWith("DeviceStatus"))
        .filter(status -> status.getString("state").equals("DEGRADED"))
        .map(status -> status.getString("cause"))
        .toList();
  }

  @Test
  void filtersByTypeSourceAndSeverity() {
    try (TaskRig rig =
        rig(
                "opcua.events.types",
                "/Types/EventTypes/BaseEventType/ConditionType/AcknowledgeableConditionType"
                    + "/AlarmConditionType",
                "opcua.events.sources",
                PlantServer.address("Press1") + ",/Objects/Press2",
                "opcua.events.severity.min",
                "100")
            .start()) {
      awaitRefresh(rig);
      plant.alarms().event("Press1", 900, "no alarm");
      plant.alarms().raise("A", "Counters", 900, "no press");
      plant.alarms().raise("B", "Press1", 99, "not urgent");
      plant.alarms().raise("C", "Press1", 100, "wanted");
      rig.until(() -> messages(rig).contains("wanted"));

      assertThat(messages(rig)).containsOnly("old", "wanted");
    }
  }

  @Test
  void losesNoEventWithTheConnection() {
    try (TaskRig rig = rig().start()) {
      awaitRefresh(rig);
      for (int round = 0; round < 3; round++) {
        int first = 20 * round;
        raise(first, first + 10);
        plant.dropConnections();
        raise(first + 10, first + 20);
        rig.until(() -> told(rig).contains("n" + (first + 19)));
      }

      assertThat(told(rig)).isEqualTo(names(60));
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  private void raise(int from, int to) {
    for (int i = from; i < to; i++) {
      plant.alarms().event("Press1", 5, "n" + i);
    }
  }

  /** Of events without state. */
  private static List<Object> told(TaskRig rig) {
    return messages(rig).stream().filter(message -> message.toString().startsWith("n")).toList();
  }

  private static List<Object> names(int count) {
    return IntStream.range(0, count).<Object>mapToObj(i -> "n" + i).toList();
  }

  @Test
  void repeatsThePresentStateAfterAReconnect() {
    try (TaskRig rig = rig().start()) {
      awaitRefresh(rig);
      plant.dropConnections();
      rig.until(() -> messages(rig).size() >= 2);

      assertThat(messages(rig)).containsOnly("old");
      assertThat(rig.values(EVENTS, "is_refresh")).containsOnly(true);
    }
  }

  @Test
  void losesNoEventWithTheTask() {
    try (TaskRig rig = rig("tags.temperature", "/Objects/Press1/Temperature")) {
      rig.start();
      awaitRefresh(rig);
      raise(0, 10);
      rig.until(() -> told(rig).size() == 10);
      for (int life = 1; life <= 3; life++) {
        int first = 30 * life - 20;
        rig.hold(true);
        raise(first, first + 20);
        rig.until(() -> !rig.held().isEmpty());
        rig.stop();
        raise(first + 20, first + 30);
        rig.hold(false);
        rig.start();
        rig.until(() -> told(rig).size() >= first + 30);
      }

      assertThat(told(rig)).isEqualTo(names(100));
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  /** GetMonitoredItems is a method that servers need not have, as ConditionRefresh. */
  @Test
  void losesAndRepeatsNoEventWhereTheServerDoesNotTellWhatItMonitors() {
    plant.faults().fail(Service.METHOD_CALL, Integer.MAX_VALUE, StatusCodes.Bad_ServiceUnsupported);
    try (TaskRig rig = rig("tags.temperature", "/Objects/Press1/Temperature")) {
      rig.start();
      rig.until(() -> notifiers() > 0);
      for (int life = 0; life < 3; life++) {
        int first = 30 * life;
        raise(first, first + 10);
        rig.until(() -> told(rig).contains("n" + (first + 9)));
        plant.dropConnections();
        raise(first + 10, first + 20);
        rig.until(() -> told(rig).contains("n" + (first + 19)));
        rig.stop();
        raise(first + 20, first + 30);
        rig.start();
        rig.until(() -> told(rig).contains("n" + (first + 29)));
      }

      assertThat(told(rig)).isEqualTo(names(90));
    }
  }

  private long notifiers() {
    return plant.server().getSubscriptions().values().stream()
        .flatMap(subscription -> subscription.getMonitoredItems().values().stream())
        .filter(item -> item.getReadValueId().getNodeId().equals(NodeIds.Server))
        .count();
  }

  @Test
  void tellsASettledAlarmWhenTheServerWasRestarted() {
    try (TaskRig rig = rig("status.topic", "status", "gap.topic", "gaps").start()) {
      awaitRefresh(rig);
      plant.alarms().raise("Hot", "Press1", 700, "too hot");
      rig.until(() -> messages(rig).contains("too hot"));
      plant.stop();
      plant.alarms().acknowledge("Hot");
      plant.alarms().clear("Hot");
      plant.begin();
      String key = "plant/" + PlantServer.address("Alarms.Hot");
      rig.until(() -> !rig.compacted(EVENTS).containsKey(key));

      assertThat(rig.compacted(EVENTS))
          .containsOnlyKeys("plant/" + PlantServer.address("Alarms.Old"));
      assertThat(gaps(rig)).hasSize(1);
    }
  }

  @Test
  void saysThatEventsAreMissingWhenTheServerDoesNotHaveThemAnyMore() {
    try (TaskRig rig = rig("status.topic", "status", "gap.topic", "gaps")) {
      rig.start();
      awaitRefresh(rig);
      rig.stop();
      plant.restart();
      rig.start();
      rig.until(() -> !gaps(rig).isEmpty());

      assertThat(gaps(rig)).hasSize(1);
      Struct gap = gaps(rig).get(0);
      assertThat(gap.getString("cause")).contains("subscription of events");
      assertThat(gap.getString("tag")).isNull();
      assertThat((java.util.Date) gap.get("gap_start"))
          .isBefore((java.util.Date) gap.get("gap_end"));

      rig.until(() -> messages(rig).size() >= 2);
      rig.stop();
      int before = messages(rig).size();
      rig.start();
      rig.until(() -> messages(rig).size() > before);

      assertThat(gaps(rig)).hasSize(1);
    }
  }

  @Test
  void saysThatEventsAreMissingWhenAMessageIsLost() {
    try (TaskRig rig = rig("status.topic", "status", "gap.topic", "gaps").start()) {
      awaitRefresh(rig);
      raise(0, 1);
      rig.until(() -> told(rig).contains("n0"));
      int refreshed = Collections.frequency(messages(rig), "old");
      plant
          .faults()
          .fail(Service.SUBSCRIPTION_REPUBLISH, 1_000_000, StatusCodes.Bad_MessageNotAvailable);
      plant.faults().loseMessages(1);
      raise(1, 2);
      rig.until(() -> plant.faults().lostMessages() == 1);
      raise(2, 3);

      rig.until(() -> !gaps(rig).isEmpty() && told(rig).contains("n2"));
      assertThat(told(rig)).containsExactly("n0", "n2");
      assertThat(gaps(rig)).hasSize(1);
      assertThat(gaps(rig).get(0).getString("tag")).isNull();
      // The state of alarms may have changed in the lost message.
      rig.until(() -> Collections.frequency(messages(rig), "old") > refreshed);
    }
  }

  private static List<Struct> gaps(TaskRig rig) {
    return rig.values("gaps");
  }

  @Test
  void acknowledgesAnEventWhenKafkaHasIt() throws Exception {
    try (TaskRig rig = rig().start()) {
      awaitRefresh(rig);
      rig.until(() -> unacknowledged() == 1);
      rig.hold(true);
      raise(0, 1);
      rig.until(() -> !rig.held().isEmpty());
      int first = rig.held().size();
      raise(1, 2);
      rig.until(() -> rig.held().size() > first);
      // Each keep-alive brings a new request, which acknowledges what may be acknowledged.
      for (int i = 0; i < 3; i++) {
        rig.pollIdle();
      }

      assertThat(unacknowledged()).isEqualTo(2);

      rig.hold(false);
      // All but the newest message.
      rig.until(() -> unacknowledged() == 1);
    }
  }

  @Test
  void tellsEventsOnceWhereTasksShareTheServer() {
    Map<String, String> config = config("opcua.browse.roots", "/Objects/Counters");
    try (TaskRig one = TaskRig.share(plant, pki, config, 0).start();
        TaskRig other = TaskRig.share(plant, pki, config, 1).start()) {
      one.until(() -> !one.values("plant").isEmpty());
      other.until(() -> !other.values("plant").isEmpty());
      raise(0, 10);
      one.until(
          () -> {
            other.poll();
            return told(one).size() + told(other).size() >= 10;
          });

      assertThat(List.of(told(one).size(), told(other).size())).containsExactlyInAnyOrder(0, 10);
      assertThat(one.values("plant", "tag"))
          .doesNotContainAnyElementsOf(other.values("plant", "tag"));
    }
  }
}
