// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.subscription.node.ModelChangeListener;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/**
 * The events by which a server says that its nodes, or what their values mean, have changed (OPC UA
 * Part 3 §9.32, §9.33), over all sessions. They become no records. For one thread at a time.
 */
public final class ModelChanges {
  /** The number of events does not matter: any of them starts one browse. */
  private static final int QUEUE = 10;

  private static final String NAME = "model changes";

  private final EventProgress progress = new EventProgress(Map.of(), null);

  /**
   * What is to be monitored in a session. Asks the server nothing.
   *
   * @param changes is notified of changes
   */
  public EventItems begin(UaSession session, ModelChangeListener changes) {
    progress.begin();
    EventItem item =
        new EventItem(
            NAME,
            NodeIds.Server,
            EventFields.base(),
            NAME,
            WhereClause.of(
                List.of(NodeIds.BaseModelChangeEventType, NodeIds.SemanticChangeEventType),
                Set.of(),
                1,
                session.services().getStaticEncodingContext()),
            QUEUE);
    return new EventItems(
        session, Map.of(item, progress), fields -> new Reader(fields, changes), false, false);
  }

  /**
   * Reads them. Of a server that does not filter only the types of the standard are known.
   *
   * @param fields the fields of the events
   * @param changes is notified of changes
   */
  private record Reader(EventFields fields, ModelChangeListener changes)
      implements EventItemReader {
    private static final Set<NodeId> MODEL =
        Set.of(
            NodeIds.BaseModelChangeEventType,
            NodeIds.GeneralModelChangeEventType,
            NodeIds.EventQueueOverflowEventType);

    @Override
    public Outcome read(Variant[] event, long receivedNanos) {
      Object type = fields.get(event, EventField.EVENT_TYPE);
      if (NodeIds.SemanticChangeEventType.equals(type)) {
        changes.typesChanged();
      } else if (MODEL.contains(type)) {
        changes.nodesChanged();
      }
      return Outcome.NOTHING;
    }
  }
}
