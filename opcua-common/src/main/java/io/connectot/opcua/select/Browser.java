// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;

/**
 * Browse and BrowseNext (OPC UA Part 4 §5.9.2, §5.9.3) until everything is there. For one session
 * and one thread at a time.
 */
final class Browser {
  /** Keeps responses well below what any client or server can take. */
  private static final int REFERENCES_PER_NODE = 1_000;

  private static final ViewDescription WHOLE =
      new ViewDescription(NodeId.NULL_VALUE, DateTime.NULL_VALUE, uint(0));

  /** BrowseResultMask: ReferenceType, NodeClass, BrowseName (OPC UA Part 4 §7.5). */
  private static final int RESULTS = 1 | 4 | 8;

  private final UaSession session;
  private final RequestBatches browse;
  private final RequestBatches browseNext;

  Browser(UaSession session) {
    this.session = session;
    this.browse = new RequestBatches(session, session.limits().browse());
    this.browseNext = new RequestBatches(session, session.limits().browse());
  }

  /**
   * What a node refers to.
   *
   * @param status why there is nothing, or Good
   */
  record Children(StatusCode status, List<ReferenceDescription> references) {}

  /** What is below nodes, variables and objects alone, properties included. */
  Map<NodeId, Children> below(List<NodeId> nodes) throws ProtocolException, InterruptedException {
    return references(
        nodes, NodeIds.HierarchicalReferences, BrowseDirection.Forward, /* objects, variables */ 3);
  }

  /** What is below nodes on the way of a path, which may lead to types of objects and events. */
  Map<NodeId, Children> onTheWay(List<NodeId> nodes)
      throws ProtocolException, InterruptedException {
    return references(
        nodes,
        NodeIds.HierarchicalReferences,
        BrowseDirection.Forward,
        /* objects, variables, object types */ 11);
  }

  /** The properties of nodes. */
  Map<NodeId, Children> properties(List<NodeId> nodes)
      throws ProtocolException, InterruptedException {
    return references(nodes, NodeIds.HasProperty, BrowseDirection.Forward, 0);
  }

  /** The types that types are derived from. */
  Map<NodeId, Children> supertypes(List<NodeId> types)
      throws ProtocolException, InterruptedException {
    return references(types, NodeIds.HasSubtype, BrowseDirection.Inverse, 0);
  }

  private Map<NodeId, Children> references(
      List<NodeId> nodes, NodeId type, BrowseDirection direction, int classes)
      throws ProtocolException, InterruptedException {
    Map<NodeId, Children> all = new LinkedHashMap<>();
    List<NodeId> left = nodes;
    while (!left.isEmpty()) {
      List<NodeId> refused = new ArrayList<>();
      int at = 0;
      while (at < left.size()) {
        // No more at a time than one request, so that continuation points do not pile up.
        List<NodeId> some = left.subList(at, Math.min(left.size(), at + browse.size()));
        at += some.size();
        take(some, browse(some, type, direction, classes), all, refused);
      }
      if (refused.size() == left.size() && browse.size() == 1) {
        refused.forEach(
            node ->
                all.put(
                    node,
                    new Children(new StatusCode(StatusCodes.Bad_NoContinuationPoints), List.of())));
        break;
      }
      if (!refused.isEmpty()) {
        browse.halve();
      }
      left = refused;
    }
    return all;
  }

  private List<BrowseResult> browse(
      List<NodeId> nodes, NodeId type, BrowseDirection direction, int classes)
      throws ProtocolException, InterruptedException {
    return browse.ask(
        nodes.stream()
            .map(
                node ->
                    new BrowseDescription(
                        node, direction, type, true, uint(classes), uint(RESULTS)))
            .toList(),
        some -> session.services().browseAsync(WHOLE, uint(REFERENCES_PER_NODE), some),
        BrowseResponse::getResults);
  }

  /** Takes results, and everything behind their continuation points. */
  private void take(
      List<NodeId> nodes,
      List<BrowseResult> results,
      Map<NodeId, Children> all,
      List<NodeId> refused)
      throws ProtocolException, InterruptedException {
    Map<NodeId, ByteString> open = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      NodeId node = nodes.get(i);
      BrowseResult result = results.get(i);
      if (result.getStatusCode().getValue() == StatusCodes.Bad_NoContinuationPoints) {
        refused.add(node);
      } else {
        all.put(node, new Children(result.getStatusCode(), references(result)));
        keepOpen(open, node, result);
      }
    }
    while (!open.isEmpty()) {
      List<NodeId> waiting = List.copyOf(open.keySet());
      List<BrowseResult> more =
          browseNext.ask(
              List.copyOf(open.values()),
              some -> session.services().browseNextAsync(false, some),
              BrowseNextResponse::getResults);
      open.clear();
      for (int i = 0; i < waiting.size(); i++) {
        BrowseResult result = more.get(i);
        if (result.getStatusCode().isBad()) {
          all.put(waiting.get(i), new Children(result.getStatusCode(), List.of()));
        } else {
          all.get(waiting.get(i)).references().addAll(references(result));
          keepOpen(open, waiting.get(i), result);
        }
      }
    }
  }

  private static void keepOpen(Map<NodeId, ByteString> open, NodeId node, BrowseResult result) {
    ByteString point = result.getContinuationPoint();
    if (point != null && point.isNotNull() && point.length() > 0) {
      open.put(node, point);
    }
  }

  private static List<ReferenceDescription> references(BrowseResult result) {
    ReferenceDescription[] references = result.getReferences();
    return references == null ? new ArrayList<>() : new ArrayList<>(Arrays.asList(references));
  }
}
