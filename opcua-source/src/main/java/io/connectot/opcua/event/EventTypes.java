// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** The types of events that a server has (OPC UA Part 5 §6.4). Immutable. */
final class EventTypes {
  /** More than any server has; a bound on what one that makes up types can cost. */
  private static final int MAX_TYPES = 10_000;

  private final Map<NodeId, String> names = new HashMap<>();
  private final Map<NodeId, NodeId> supertypes = new HashMap<>();

  /** Types and their names, and of which they are derived. */
  static EventTypes of(Map<NodeId, String> names, Map<NodeId, NodeId> supertypes) {
    EventTypes types = new EventTypes();
    types.names.putAll(names);
    types.supertypes.putAll(supertypes);
    return types;
  }

  /**
   * Reads the tree of types.
   *
   * @throws ProtocolException when the server does not answer
   */
  static EventTypes read(UaSession session) throws ProtocolException, InterruptedException {
    EventTypes types = new EventTypes();
    types.names.put(NodeIds.BaseEventType, "BaseEventType");
    List<NodeId> next = List.of(NodeIds.BaseEventType);
    while (!next.isEmpty() && types.names.size() < MAX_TYPES) {
      List<NodeId> found = new ArrayList<>();
      Map<NodeId, List<ReferenceDescription>> below =
          browse(session, next, NodeIds.HasSubtype, NodeClass.ObjectType);
      below.forEach(
          (type, references) -> {
            for (ReferenceDescription reference : references) {
              Optional<NodeId> id = reference.getNodeId().toNodeId(session.namespaces());
              if (id.isPresent()
                  && types.names.putIfAbsent(id.get(), reference.getBrowseName().name()) == null) {
                types.supertypes.put(id.get(), type);
                found.add(id.get());
              }
            }
          });
      next = found;
    }
    return types;
  }

  /** A type's name; empty for one that was not there when the tree was read. */
  Optional<String> name(NodeId type) {
    return Optional.ofNullable(names.get(type));
  }

  /** Whether a type is another or derived from it. */
  boolean is(NodeId type, NodeId other) {
    Set<NodeId> seen = new HashSet<>();
    for (NodeId at = type; at != null && seen.add(at); at = supertypes.get(at)) {
      if (at.equals(other)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The variables that types declare for their events, and that those they are derived from do.
   *
   * @throws ProtocolException when the server does not answer
   */
  List<EventField> fields(UaSession session, Collection<NodeId> of)
      throws ProtocolException, InterruptedException {
    Map<NodeId, Boolean> all = new LinkedHashMap<>();
    for (NodeId type : of) {
      for (NodeId at = type; at != null && all.putIfAbsent(at, true) == null; ) {
        at = supertypes.get(at);
      }
    }
    List<EventField> fields = new ArrayList<>();
    browse(session, List.copyOf(all.keySet()), NodeIds.Aggregates, NodeClass.Variable)
        .forEach(
            (type, references) -> {
              for (ReferenceDescription reference : references) {
                fields.add(EventField.of(type, reference.getBrowseName()));
              }
            });
    return fields;
  }

  /** What nodes have references to, in their order. */
  private static Map<NodeId, List<ReferenceDescription>> browse(
      UaSession session, List<NodeId> nodes, NodeId referenceType, NodeClass nodeClass)
      throws ProtocolException, InterruptedException {
    Map<NodeId, List<ReferenceDescription>> found = new LinkedHashMap<>();
    int most = session.limits().browse();
    for (int from = 0; from < nodes.size(); from += most) {
      List<NodeId> chunk = nodes.subList(from, Math.min(nodes.size(), from + most));
      List<BrowseResult> results =
          session.await(
              session
                  .services()
                  .browseAsync(
                      chunk.stream()
                          .map(
                              node ->
                                  new BrowseDescription(
                                      node,
                                      BrowseDirection.Forward,
                                      referenceType,
                                      true,
                                      UInteger.valueOf(nodeClass.getValue()),
                                      UInteger.valueOf(BrowseResultMask.All.getValue())))
                          .toList()));
      for (int i = 0; i < chunk.size() && i < results.size(); i++) {
        List<ReferenceDescription> references =
            found.computeIfAbsent(chunk.get(i), node -> new ArrayList<>());
        collect(session, results.get(i), references);
      }
    }
    return found;
  }

  private static void collect(
      UaSession session, BrowseResult first, List<ReferenceDescription> references)
      throws ProtocolException, InterruptedException {
    BrowseResult result = first;
    while (result != null) {
      if (result.getReferences() != null) {
        references.addAll(List.of(result.getReferences()));
      }
      boolean more =
          result.getContinuationPoint() != null
              && result.getContinuationPoint().isNotNull()
              && references.size() < MAX_TYPES;
      result = more ? next(session, result) : null;
    }
  }

  private static BrowseResult next(UaSession session, BrowseResult result)
      throws ProtocolException, InterruptedException {
    BrowseResult[] results =
        session
            .await(
                session.services().browseNextAsync(false, List.of(result.getContinuationPoint())))
            .getResults();
    return results == null || results.length == 0
        ? new BrowseResult(StatusCode.BAD, null, null)
        : results[0];
  }
}
