// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;

/** The fields of the select clause, in their order. Immutable. */
final class EventFields {
  /** What every event has. */
  static final List<EventField> BASE =
      List.of(
          EventField.EVENT_ID,
          EventField.EVENT_TYPE,
          EventField.SOURCE_NODE,
          EventField.SOURCE_NAME,
          EventField.TIME,
          EventField.RECEIVE_TIME,
          EventField.MESSAGE,
          EventField.SEVERITY);

  /** What alarms have. */
  static final List<EventField> CONDITION =
      List.of(
          EventField.CONDITION_ID,
          EventField.CONDITION_NAME,
          EventField.BRANCH_ID,
          EventField.RETAIN,
          EventField.QUALITY,
          EventField.COMMENT,
          EventField.ACKED,
          EventField.CONFIRMED,
          EventField.ACTIVE,
          EventField.SUPPRESSED);

  private final List<EventField> fields;
  private final Map<EventField, Integer> indexes = new HashMap<>();

  /** Those that records have no place of their own for, and their indexes. */
  private final List<Integer> further = new ArrayList<>();

  private EventFields(List<EventField> fields) {
    this.fields = List.copyOf(fields);
    Set<String> known = new HashSet<>();
    BASE.forEach(field -> known.add(field.name()));
    CONDITION.forEach(field -> known.add(field.name()));
    for (int i = 0; i < fields.size(); i++) {
      indexes.put(fields.get(i), i);
      if (known.add(fields.get(i).name())) {
        further.add(i);
      }
    }
    // For finding out why an event came late; the record has no field for it.
    further.add(indexes.get(EventField.RECEIVE_TIME));
  }

  /** The fields of alarms, and further ones. */
  static EventFields of(List<EventField> further) {
    List<EventField> all = new ArrayList<>(BASE);
    all.addAll(CONDITION);
    Set<String> names = new HashSet<>();
    all.forEach(field -> names.add(field.name()));
    for (EventField field : further) {
      if (names.add(field.name())) {
        all.add(field);
      }
    }
    return new EventFields(all);
  }

  /** For servers that do not know alarms. */
  static EventFields base() {
    return new EventFields(BASE);
  }

  SimpleAttributeOperand[] operands() {
    return fields.stream().map(EventField::operand).toArray(SimpleAttributeOperand[]::new);
  }

  /** The value of a field of an event; null if it has none. */
  Object get(Variant[] event, EventField field) {
    Integer index = indexes.get(field);
    return index == null || index >= event.length || event[index] == null
        ? null
        : event[index].value();
  }

  /** The index of a field of the select clause. */
  int index(EventField field) {
    return indexes.get(field);
  }

  List<Integer> further() {
    return further;
  }

  String name(int index) {
    return fields.get(index).name();
  }

  @Override
  public String toString() {
    return fields.stream().map(EventField::name).toList().toString();
  }
}
