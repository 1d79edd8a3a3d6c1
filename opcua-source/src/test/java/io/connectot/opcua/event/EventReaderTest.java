// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.opcua.event.EventItemReader.Outcome;
import io.connectot.opcua.event.EventReader.Selected;
import io.connectot.opcua.value.EventValues;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;

class EventReaderTest {
  private static final Device<String> DEVICE = new Device<>("press", "opc.tcp://x", "", Map.of());
  private static final Instant TIME = Instant.parse("2024-02-29T12:00:00Z");

  private final EventFields fields = EventFields.of(List.of());
  private final EventReader reader =
      new EventReader(
          DEVICE,
          fields,
          new Selected(Set.of(), Set.of(), 1),
          EventTypes.of(
              Map.of(
                  NodeIds.ConditionType, "ConditionType", NodeIds.BaseEventType, "BaseEventType"),
              Map.of(NodeIds.ConditionType, NodeIds.BaseEventType)),
          EventValues.reader(),
          new ActiveConditions());

  @Test
  void reportsAGapWhenTheServerLostEvents() {
    read(Map.of(EventField.TIME, new DateTime(TIME)));
    Outcome outcome =
        read(
            Map.of(
                EventField.EVENT_TYPE,
                NodeIds.EventQueueOverflowEventType,
                EventField.TIME,
                new DateTime(TIME.plusSeconds(5))));
    Gap gap = (Gap) outcome.events().get(0);
    assertThat(gap.from()).isEqualTo(TIME);
    assertThat(gap.to()).isEqualTo(TIME.plusSeconds(5));
    assertThat(gap.cause()).contains("opcua.events.queue.size");
    assertThat(outcome.refreshRequired()).isTrue();
  }

  @Test
  void aGapBeforeAnyEventHasNoStart() {
    Outcome outcome =
        read(
            Map.of(
                EventField.EVENT_TYPE,
                NodeIds.EventQueueOverflowEventType,
                EventField.TIME,
                new DateTime(TIME)));
    Gap gap = (Gap) outcome.events().get(0);
    assertThat(gap.from()).isNull();
    assertThat(gap.to()).isEqualTo(TIME);
    assertThat(gap.missedScans()).isEmpty();
  }

  @Test
  void aGapWhoseStartIsByAnotherClockHasNoStart() {
    assertThat(reader.gap(2000, 1000, "gone").orElseThrow().from()).isNull();
    assertThat(reader.gap(1000, 2000, "gone").orElseThrow().from())
        .isEqualTo(Instant.ofEpochSecond(0, 1000));
  }

  @Test
  void marksWhatARefreshRepeatsAndKeepsItsEndsToItself() {
    assertThat(read(type(NodeIds.RefreshStartEventType)).events()).isEmpty();
    assertThat(((DeviceEvent) read(Map.of()).events().get(0)).refresh()).isTrue();
    assertThat(read(type(NodeIds.RefreshEndEventType)).events()).isEmpty();
    assertThat(((DeviceEvent) read(Map.of()).events().get(0)).refresh()).isFalse();
    assertThat(read(type(NodeIds.RefreshRequiredEventType)).refreshRequired()).isTrue();
  }

  @Test
  void readsAnEventThatSaysNothing() {
    DeviceEvent event = (DeviceEvent) read(Map.of()).events().get(0);
    assertThat(event.type()).isEqualTo("BaseEventType");
    assertThat(event.timestampNanos()).isEqualTo(7);
    assertThat(event.severity()).isEqualTo(1);
    assertThat(event.condition()).isEmpty();
    assertThat(reader.read(new Variant[0], 7).events()).hasSize(1);
    assertThat(reader.read(new Variant[] {null, null}, 7).events()).hasSize(1);
  }

  @Test
  void keepsTimesAsInstants() {
    DeviceEvent event =
        (DeviceEvent) read(Map.of(EventField.RECEIVE_TIME, new DateTime(TIME))).events().get(0);
    assertThat(event.fields()).containsEntry("ReceiveTime", new InstantValue(TIME));
  }

  @Test
  void namesAConditionWithoutIdByItsSource() {
    DeviceEvent event =
        (DeviceEvent)
            read(Map.of(
                    EventField.EVENT_TYPE,
                    NodeIds.ConditionType,
                    EventField.SOURCE_NODE,
                    new NodeId(0, 5),
                    EventField.CONDITION_NAME,
                    "High",
                    EventField.RETAIN,
                    true,
                    EventField.SEVERITY,
                    ushort(5_000)))
                .events()
                .get(0);
    assertThat(event.condition().orElseThrow().id()).isEqualTo("i=5/High");
    assertThat(event.severity()).isEqualTo(1_000);
    assertThat(event.condition().orElseThrow().active()).isEqualTo(Optional.empty());
  }

  private static Map<EventField, Object> type(NodeId type) {
    return Map.of(EventField.EVENT_TYPE, type);
  }

  private Outcome read(Map<EventField, Object> event) {
    Variant[] values = new Variant[fields.operands().length];
    Arrays.setAll(values, i -> Variant.NULL_VALUE);
    event.forEach((field, value) -> values[fields.index(field)] = Variant.of(value));
    return reader.read(values, 7);
  }
}
