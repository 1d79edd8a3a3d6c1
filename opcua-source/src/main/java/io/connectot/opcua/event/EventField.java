// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;

/**
 * A field of events (OPC UA Part 4 §7.7.4.5).
 *
 * @param name as records have it: the names of its path, without namespaces
 * @param operand the operand of the select clause
 */
record EventField(String name, SimpleAttributeOperand operand) {
  static final EventField EVENT_ID = base("EventId");
  static final EventField EVENT_TYPE = base("EventType");
  static final EventField SOURCE_NODE = base("SourceNode");
  static final EventField SOURCE_NAME = base("SourceName");
  static final EventField TIME = base("Time");
  static final EventField RECEIVE_TIME = base("ReceiveTime");
  static final EventField MESSAGE = base("Message");
  static final EventField SEVERITY = base("Severity");
  static final EventField CONDITION_ID =
      new EventField(
          "ConditionId",
          new SimpleAttributeOperand(
              NodeIds.ConditionType, new QualifiedName[0], AttributeId.NodeId.uid(), null));
  static final EventField CONDITION_NAME = of(NodeIds.ConditionType, "ConditionName");
  static final EventField BRANCH_ID = of(NodeIds.ConditionType, "BranchId");
  static final EventField RETAIN = of(NodeIds.ConditionType, "Retain");
  static final EventField QUALITY = of(NodeIds.ConditionType, "Quality");
  static final EventField COMMENT = of(NodeIds.ConditionType, "Comment");
  static final EventField ACKED = of(NodeIds.AcknowledgeableConditionType, "AckedState", "Id");
  static final EventField CONFIRMED =
      of(NodeIds.AcknowledgeableConditionType, "ConfirmedState", "Id");
  static final EventField ACTIVE = of(NodeIds.AlarmConditionType, "ActiveState", "Id");
  static final EventField SUPPRESSED = of(NodeIds.AlarmConditionType, "SuppressedState", "Id");

  private static EventField base(String name) {
    return of(NodeIds.BaseEventType, name);
  }

  private static EventField of(NodeId type, String... names) {
    return of(
        type,
        Arrays.stream(names).map(name -> new QualifiedName(0, name)).toArray(QualifiedName[]::new));
  }

  /** The value of a node below events of a type. */
  static EventField of(NodeId type, QualifiedName... path) {
    return new EventField(
        Arrays.stream(path).map(QualifiedName::name).collect(Collectors.joining("/")),
        new SimpleAttributeOperand(type, path, AttributeId.Value.uid(), null));
  }
}
