// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.DeviceEvent.Condition;
import io.connectot.core.spi.OffsetReader;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.address.NodeAddress.ById;
import io.connectot.opcua.config.ValueSettings;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.config.ValueSettings.MatrixMode;
import io.connectot.opcua.config.ValueSettings.TimestampSource;
import io.connectot.opcua.settings.OpcUaEventConfig;
import io.connectot.opcua.testing.PlantServer;
import io.connectot.opcua.value.DataTypes;
import io.connectot.opcua.value.TypesSession;
import io.connectot.opcua.value.ValueDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alarms of a server as events. */
class EventItemsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Device<String> DEVICE = new Device<>("press", "opc.tcp://x", "", Map.of());
  private static final NodeAddress SERVER = new ById(Optional.empty(), 0, "i=2253");
  private static final NodeAddress ALARMS = new ById(Optional.empty(), 0, "i=2915");

  private PlantServer plant;
  private TypesSession session;
  private DataTypes types;

  @BeforeEach
  void connect() throws Exception {
    plant = PlantServer.start();
    openSession();
  }

  private void openSession() throws Exception {
    session = new TypesSession(plant.url());
    types =
        new DataTypes(
            session,
            new ValueSettings(EnumMode.BOTH, MatrixMode.NESTED, TimestampSource.SOURCE, LONG));
  }

  @AfterEach
  void disconnect() {
    types.close();
    session.close();
    plant.close();
  }

  @Test
  void tellsWhatHappensToAnAlarm() throws Exception {
    plant.alarms().raise("Old", "Press2", 100, "old");
    try (EventFeed feed = new EventFeed(session)) {
      feed.monitor(
          begin(new DeviceEvents(DEVICE, settings(List.of(), List.of(), 1), OffsetReader.NONE)));
      // What happens while alarms are refreshed may come as part of that.
      await().atMost(LONG).until(() -> !feed.events().isEmpty());
      plant.alarms().raise("Hot", "Press1", 700, "too hot");
      plant.alarms().acknowledge("Hot");
      plant.alarms().clear("Hot");
      await().atMost(LONG).until(() -> alarms(feed).size() >= 4);
      DeviceEvent raised = alarms(feed).get(1);
      assertThat(raised.type()).isEqualTo("AlarmConditionType");
      assertThat(raised.origin().id()).isEqualTo(PlantServer.address("Press1"));
      assertThat(raised.origin().name()).isEqualTo("Press1");
      assertThat(raised.id()).isPresent();
      assertThat(raised.severity()).isEqualTo(700);
      assertThat(raised.message()).contains("too hot");
      assertThat(raised.refresh()).isFalse();
      assertThat(raised.timestampNanos()).isGreaterThan(1_000);
      assertThat(raised.fields()).containsKey("ReceiveTime");
      Condition condition = raised.condition().orElseThrow();
      assertThat(condition.id()).isEqualTo(PlantServer.address("Alarms.Hot"));
      assertThat(condition.name()).contains("Hot");
      assertThat(condition.branch()).isEmpty();
      assertThat(condition.retain()).isTrue();
      assertThat(condition.active()).contains(true);
      assertThat(condition.acknowledged()).contains(false);
      assertThat(condition.confirmed()).contains(true);
      assertThat(condition.suppressed()).contains(false);
      assertThat(condition.quality()).contains("0x00000000 Good");
      assertThat(alarms(feed).get(2).condition().orElseThrow().acknowledged()).contains(true);
      assertThat(alarms(feed).get(3).condition().orElseThrow().retain()).isFalse();
    }
  }

  @Test
  void tellsEventsWithoutState() throws Exception {
    try (EventFeed feed = new EventFeed(session)) {
      feed.monitor(
          begin(new DeviceEvents(DEVICE, settings(List.of(), List.of(), 1), OffsetReader.NONE)));
      plant.alarms().event("Press2", 5, "door opened");
      await().atMost(LONG).until(() -> !feed.events().isEmpty());
      DeviceEvent event = (DeviceEvent) feed.events().get(0);
      assertThat(event.type()).isEqualTo("BaseEventType");
      assertThat(event.condition()).isEmpty();
      assertThat(event.message()).contains("door opened");
    }
  }

  @Test
  void tellsThePresentStateOfAlarmsAfterSubscribing() throws Exception {
    plant.alarms().raise("Hot", "Press1", 700, "too hot");
    try (EventFeed feed = new EventFeed(session)) {
      feed.monitor(
          begin(new DeviceEvents(DEVICE, settings(List.of(), List.of(), 1), OffsetReader.NONE)));
      await().atMost(LONG).until(() -> !feed.events().isEmpty());
      assertThat(alarms(feed).get(0).refresh()).isTrue();
      assertThat(alarms(feed).get(0).condition().orElseThrow().active()).contains(true);
      plant.alarms().refreshRequired();
      await().atMost(LONG).until(() -> alarms(feed).size() >= 2);
      plant.alarms().acknowledge("Hot");
      await().atMost(LONG).until(() -> alarms(feed).size() >= 3);
      assertThat(alarms(feed).get(2).refresh()).isFalse();
      assertThat(feed.events()).hasSize(3);
    }
  }

  @Test
  void tellsWhichAlarmsWereSettledWhileItWasAway() throws Exception {
    DeviceEvents events =
        new DeviceEvents(DEVICE, settings(List.of(), List.of(), 1), OffsetReader.NONE);
    try (EventFeed feed = new EventFeed(session)) {
      feed.monitor(begin(events));
      plant.alarms().raise("Hot", "Press1", 700, "too hot");
      plant.alarms().raise("Low", "Press1", 300, "too low");
      await().atMost(LONG).until(() -> alarms(feed).size() >= 2);
    }
    plant.alarms().clear("Hot");
    plant.alarms().acknowledge("Hot");
    types.close();
    session.close();
    openSession();
    try (EventFeed feed = new EventFeed(session)) {
      feed.monitor(begin(events));
      await().atMost(LONG).until(() -> alarms(feed).size() >= 2);
      assertThat(alarms(feed).get(0).condition().orElseThrow().name()).contains("Low");
      DeviceEvent settled = alarms(feed).get(1);
      assertThat(settled.condition().orElseThrow().name()).contains("Hot");
      assertThat(settled.condition().orElseThrow().retain()).isFalse();
      assertThat(settled.condition().orElseThrow().active()).isEmpty();
      assertThat(settled.refresh()).isTrue();
    }
  }

  @Test
  void filtersWhereTheServerDoesNot() throws Exception {
    NodeAddress press1 = new ById(Optional.of(PlantServer.NAMESPACE), 0, "s=Press1");
    try (EventFeed feed = new EventFeed(session)) {
      feed.monitor(
          begin(
              new DeviceEvents(
                  DEVICE, settings(List.of(ALARMS), List.of(press1), 500), OffsetReader.NONE)));
      plant.alarms().event("Press1", 900, "no alarm");
      plant.alarms().raise("A", "Press2", 900, "another press");
      plant.alarms().raise("B", "Press1", 499, "not urgent");
      plant.alarms().raise("C", "Press1", 500, "wanted");
      await().atMost(LONG).until(() -> !feed.events().isEmpty());
      assertThat(alarms(feed).get(0).message()).contains("wanted");
      assertThat(feed.events()).hasSize(1);
      assertThat(alarms(feed).get(0).fields()).containsKeys("ReceiveTime", "ActiveState");
    }
  }

  @Test
  void knowsItsItemsAgain() throws Exception {
    DeviceEvents events =
        new DeviceEvents(DEVICE, settings(List.of(ALARMS), List.of(), 500), OffsetReader.NONE);
    try (EventFeed feed = new EventFeed(session)) {
      EventItems first = begin(events);
      feed.monitor(first);
      EventItems again = begin(events);
      var handle =
          new EventItem(SERVER.toString(), NodeId.NULL_VALUE, EventFields.base(), "", null, 7)
              .handle();
      assertThat(again.wants(handle)).isFalse();
      assertThat(first.handles()).allMatch(again::wants);
      assertThat(again.left()).containsExactly(feed.key());
      assertThat(again.known(feed.key())).isEqualTo(first.handles());

      again.monitor(feed.key(), first.handles());

      assertThat(again.handles()).isEqualTo(first.handles()).hasSize(1);
    }
  }

  @Test
  void asksForNothingWithoutATopicOrANotifier() throws Exception {
    Configuration none = config(Map.of("opcua.events.queue.size", "10"));
    assertThat(begin(new DeviceEvents(DEVICE, none, OffsetReader.NONE)).isEmpty()).isTrue();
    NodeAddress missing = new ById(Optional.of("urn:missing"), 0, "s=x");
    Configuration lost =
        config(Map.of("opcua.events.topic", "t", "opcua.events.notifiers", missing.toString()));
    assertThat(begin(new DeviceEvents(DEVICE, lost, OffsetReader.NONE)).isEmpty()).isTrue();
    assertThat(
            begin(
                    new DeviceEvents(
                        DEVICE, settings(List.of(missing), List.of(), 1), OffsetReader.NONE))
                .isEmpty())
        .isTrue();
  }

  private EventItems begin(DeviceEvents events) throws Exception {
    return events.begin(session, new ValueDecoder(types), this::find);
  }

  private Optional<NodeId> find(NodeAddress address) {
    ById id = (ById) address;
    if (id.namespaceUri().isEmpty()) {
      return NodeId.parseSafe(id.identifier());
    }
    return id.namespaceUri().get().equals(PlantServer.NAMESPACE)
        ? Optional.of(plant.id(id.identifier().substring(2)))
        : Optional.empty();
  }

  private static List<DeviceEvent> alarms(EventFeed feed) {
    return feed.events().stream()
        .filter(DeviceEvent.class::isInstance)
        .map(DeviceEvent.class::cast)
        .toList();
  }

  private static Configuration settings(
      List<NodeAddress> wanted, List<NodeAddress> sources, int severityMin) {
    return config(
        Map.of(
            "opcua.events.topic", "events",
            "opcua.events.types", text(wanted),
            "opcua.events.sources", text(sources),
            "opcua.events.severity.min", Integer.toString(severityMin),
            "opcua.events.queue.size", "1000"));
  }

  private static Configuration config(Map<String, String> keys) {
    return Configuration.parse(OpcUaEventConfig.KEYS.definition(), keys);
  }

  private static String text(List<NodeAddress> addresses) {
    return addresses.stream().map(NodeAddress::toString).collect(Collectors.joining(","));
  }
}
