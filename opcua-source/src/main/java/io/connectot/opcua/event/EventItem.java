// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * One notifier whose events are monitored (OPC UA Part 4 §5.13.1.6).
 *
 * @param name of the notifier, the same in all sessions
 * @param fields what is asked of each event
 * @param wanted the selected events, as text that is the same in all sessions
 * @param where the same as a filter; {@link WhereClause#NONE} for all
 */
record EventItem(
    String name,
    NodeId notifier,
    EventFields fields,
    String wanted,
    ContentFilter where,
    int queue) {

  /**
   * A number for notifications that is the same in every session that asks for the same, so that an
   * item that was left at the server is known again.
   */
  UInteger handle() {
    int hash = (name + " " + fields + " " + wanted + " " + queue).hashCode();
    return UInteger.valueOf(hash & 0xFFFF_FFFFL);
  }

  MonitoredItemCreateRequest request(UInteger handle, EncodingContext encoding) {
    EventFilter filter = new EventFilter(fields.operands(), where);
    return new MonitoredItemCreateRequest(
        new ReadValueId(notifier, AttributeId.EventNotifier.uid(), null, QualifiedName.NULL_VALUE),
        MonitoringMode.Reporting,
        new MonitoringParameters(
            handle, 0.0, ExtensionObject.encode(encoding, filter), UInteger.valueOf(queue), true));
  }

  /** What to ask of a server that does not take this; empty when there is nothing less. */
  Optional<EventItem> simpler() {
    ContentFilter none = WhereClause.NONE;
    if (where.getElements() != null && where.getElements().length > 0) {
      return Optional.of(new EventItem(name, notifier, fields, "", none, queue));
    }
    EventFields base = EventFields.base();
    return fields.toString().equals(base.toString())
        ? Optional.empty()
        : Optional.of(new EventItem(name, notifier, base, "", none, queue));
  }
}
