// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.DeviceEvent.Condition;
import io.connectot.core.model.DeviceEvent.Origin;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Value;
import io.connectot.opcua.value.SourceTime;
import io.connectot.opcua.value.StatusInfo;
import io.connectot.opcua.value.ValueDecoder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/**
 * Decodes the events of one notifier, in order. For the thread that handles publish responses.
 *
 * <p>Applies the filter again, because not every server filters.
 */
final class EventReader implements EventItemReader {
  private final Device<?> device;
  private final EventFields fields;
  private final Selected selected;
  private final EventTypes types;
  private final ValueDecoder values;
  private final ActiveConditions conditions;

  private boolean refreshing;

  /** When the last event happened, epoch nanoseconds; 0 before the first. */
  private long lastNanos;

  /**
   * Which events are wanted.
   *
   * @param types empty for all
   * @param sources empty for all
   */
  record Selected(Set<NodeId> types, Set<NodeId> sources, int severityMin) {}

  EventReader(
      Device<?> device,
      EventFields fields,
      Selected selected,
      EventTypes types,
      ValueDecoder values,
      ActiveConditions conditions) {
    this.device = device;
    this.fields = fields;
    this.selected = selected;
    this.types = types;
    this.values = values;
    this.conditions = conditions;
  }

  @Override
  public Outcome read(Variant[] event, long receivedNanos) {
    NodeId type =
        fields.get(event, EventField.EVENT_TYPE) instanceof NodeId id ? id : NodeIds.BaseEventType;
    long nanos = nanos(event, receivedNanos);
    if (type.equals(NodeIds.RefreshStartEventType)) {
      refreshing = true;
      conditions.refreshStarts();
      return Outcome.NOTHING;
    }
    if (type.equals(NodeIds.RefreshEndEventType)) {
      refreshing = false;
      return new Outcome(List.copyOf(conditions.refreshEnds(receivedNanos)), false);
    }
    if (type.equals(NodeIds.RefreshRequiredEventType)) {
      return Outcome.REFRESH;
    }
    if (types.is(type, NodeIds.EventQueueOverflowEventType)) {
      return new Outcome(List.of(overflow(nanos)), true);
    }
    lastNanos = nanos;
    if (!isSelected(type, event)) {
      return Outcome.NOTHING;
    }
    DeviceEvent read = event(type, event, nanos, receivedNanos);
    if (read.condition().isPresent()) {
      conditions.heard(read);
    }
    return new Outcome(List.of(read), false);
  }

  private boolean isSelected(NodeId type, Variant[] event) {
    if (severity(event) < selected.severityMin()) {
      return false;
    }
    if (!selected.sources().isEmpty()
        && !selected.sources().contains(fields.get(event, EventField.SOURCE_NODE))) {
      return false;
    }
    // Of a type that came after the tree was read only the server knows what it is derived from.
    return selected.types().isEmpty()
        || types.name(type).isEmpty()
        || selected.types().stream().anyMatch(wanted -> types.is(type, wanted));
  }

  private DeviceEvent event(NodeId type, Variant[] event, long nanos, long receivedNanos) {
    return new DeviceEvent(
        device,
        types.name(type).orElseGet(() -> values.text(type)),
        origin(event),
        fields.get(event, EventField.EVENT_ID) instanceof ByteString id && id.isNotNull()
            ? Optional.of(HexFormat.of().formatHex(id.bytesOrEmpty()))
            : Optional.empty(),
        nanos,
        receivedNanos,
        severity(event),
        text(event, EventField.MESSAGE),
        condition(type, event),
        refreshing,
        further(event));
  }

  private Origin origin(Variant[] event) {
    String id =
        fields.get(event, EventField.SOURCE_NODE) instanceof NodeId node && node.isNotNull()
            ? values.text(node)
            : "";
    String name = text(event, EventField.SOURCE_NAME).orElse(id);
    return new Origin(id.isEmpty() ? name : id, name);
  }

  /** Events of other types may have a node id too, but nothing to retain. */
  private Optional<Condition> condition(NodeId type, Variant[] event) {
    boolean known = types.name(type).isPresent();
    if (!(fields.get(event, EventField.RETAIN) instanceof Boolean retain)
        || (known && !types.is(type, NodeIds.ConditionType))) {
      return Optional.empty();
    }
    Optional<String> name = text(event, EventField.CONDITION_NAME);
    String id =
        fields.get(event, EventField.CONDITION_ID) instanceof NodeId node && node.isNotNull()
            ? values.text(node)
            : origin(event).id() + "/" + name.orElse("");
    return Optional.of(
        new Condition(
            id,
            name,
            fields.get(event, EventField.BRANCH_ID) instanceof NodeId branch && branch.isNotNull()
                ? Optional.of(values.text(branch))
                : Optional.empty(),
            retain,
            flag(event, EventField.ACTIVE),
            flag(event, EventField.ACKED),
            flag(event, EventField.CONFIRMED),
            flag(event, EventField.SUPPRESSED),
            fields.get(event, EventField.QUALITY) instanceof StatusCode quality
                ? Optional.of(StatusInfo.text(quality))
                : Optional.empty(),
            text(event, EventField.COMMENT)));
  }

  private Map<String, Value> further(Variant[] event) {
    Map<String, Value> further = new LinkedHashMap<>();
    for (int index : fields.further()) {
      if (index < event.length && event[index] != null) {
        values.value(event[index]).ifPresent(value -> further.put(fields.name(index), value));
      }
    }
    return further;
  }

  private Gap overflow(long nanos) {
    return missing(
        lastNanos == 0 || lastNanos > nanos ? null : instant(lastNanos),
        nanos,
        "the server's event queue was full; raise opcua.events.queue.size");
  }

  @Override
  public Optional<Gap> gap(long fromNanos, long toNanos, String cause) {
    return Optional.of(missing(fromNanos > toNanos ? null : instant(fromNanos), toNanos, cause));
  }

  /**
   * @param from when the last event is known to have come; null for not known
   */
  private Gap missing(Instant from, long toNanos, String cause) {
    return new Gap(device, Optional.empty(), from, instant(toNanos), cause, false);
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  private long nanos(Variant[] event, long receivedNanos) {
    return fields.get(event, EventField.TIME) instanceof DateTime time
        ? SourceTime.nanos(time, receivedNanos)
        : receivedNanos;
  }

  private int severity(Variant[] event) {
    return fields.get(event, EventField.SEVERITY) instanceof Number severity
        ? Math.max(1, Math.min(1000, severity.intValue()))
        : 1;
  }

  private Optional<Boolean> flag(Variant[] event, EventField field) {
    return fields.get(event, field) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  /** Empty for no text. */
  private Optional<String> text(Variant[] event, EventField field) {
    Object raw = fields.get(event, field);
    String text = raw instanceof LocalizedText localized ? localized.text() : null;
    if (raw instanceof String plain) {
      text = plain;
    }
    return Optional.ofNullable(text).filter(it -> !it.isEmpty());
  }
}
