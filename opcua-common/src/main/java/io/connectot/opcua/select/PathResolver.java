// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.address.NodeAddress.ByPath;
import io.connectot.opcua.address.PathName;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.select.Browser.Children;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathTarget;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsResponse;

/**
 * Finds the nodes of browse paths. Where every name has its namespace, the server does it by
 * TranslateBrowsePathsToNodeIds (OPC UA Part 4 §5.9.4), else names are compared level by level. For
 * one session and one thread at a time.
 */
final class PathResolver {
  /** All names of a path were used up. */
  private static final UInteger NO_MORE = uint(UInteger.MAX_VALUE);

  private final UaSession session;
  private final StableIds ids;
  private final Browser browser;
  private final RequestBatches translate;
  private final Map<NodeId, List<ReferenceDescription>> children = new HashMap<>();

  PathResolver(UaSession session, StableIds ids, Browser browser) {
    this.session = session;
    this.ids = ids;
    this.browser = browser;
    this.translate = new RequestBatches(session, session.limits().translate());
  }

  /**
   * What a path leads to.
   *
   * @param node empty when it leads nowhere
   * @param status why
   * @param cause why, in words for an operator
   */
  record Target(Optional<NodeId> node, StatusCode status, String cause) {
    static Target of(NodeId node) {
      return new Target(Optional.of(node), StatusCode.GOOD, "");
    }

    static Target none(long status, String cause) {
      return new Target(Optional.empty(), new StatusCode(status), cause);
    }
  }

  /** Finds the nodes of paths. */
  Map<ByPath, Target> resolve(Collection<ByPath> paths)
      throws ProtocolException, InterruptedException {
    Map<ByPath, Target> targets = new LinkedHashMap<>();
    List<ByPath> qualified = new ArrayList<>();
    List<ByPath> open = new ArrayList<>();
    for (ByPath path : paths) {
      boolean isQualified = path.names().stream().skip(1).allMatch(PathName::isQualified);
      (isQualified ? qualified : open).add(path);
    }
    translate(qualified, targets);
    walk(open, targets);
    return targets;
  }

  private void translate(List<ByPath> paths, Map<ByPath, Target> targets)
      throws ProtocolException, InterruptedException {
    List<ByPath> known = new ArrayList<>();
    List<BrowsePath> requests = new ArrayList<>();
    for (ByPath path : paths) {
      List<RelativePathElement> elements = new ArrayList<>();
      for (PathName name : path.names()) {
        // The first name is one of the standard folders.
        Optional<QualifiedName> qualified = ids.name(name);
        if (qualified.isEmpty()) {
          targets.put(path, unknownNamespace(name));
          break;
        }
        elements.add(
            new RelativePathElement(NodeIds.HierarchicalReferences, false, true, qualified.get()));
      }
      if (elements.size() == path.names().size()) {
        known.add(path);
        requests.add(
            new BrowsePath(
                NodeIds.RootFolder,
                new RelativePath(elements.toArray(new RelativePathElement[0]))));
      }
    }
    List<BrowsePathResult> results =
        translate.ask(
            requests,
            some -> session.services().translateBrowsePathsAsync(some),
            TranslateBrowsePathsToNodeIdsResponse::getResults);
    for (int i = 0; i < known.size(); i++) {
      targets.put(known.get(i), target(results.get(i)));
    }
  }

  private Target target(BrowsePathResult result) {
    BrowsePathTarget[] found = result.getTargets();
    if (found != null) {
      for (BrowsePathTarget target : found) {
        Optional<NodeId> node =
            NO_MORE.equals(target.getRemainingPathIndex())
                ? target.getTargetId().toNodeId(session.namespaces())
                : Optional.empty();
        if (node.isPresent()) {
          return Target.of(node.get());
        }
      }
    }
    StatusCode status = result.getStatusCode();
    return new Target(
        Optional.empty(),
        status.isBad() ? status : new StatusCode(StatusCodes.Bad_NoMatch),
        "the server has no node at this path; compare its names and namespaces with the server's");
  }

  private void walk(List<ByPath> paths, Map<ByPath, Target> targets)
      throws ProtocolException, InterruptedException {
    Map<ByPath, NodeId> at = new LinkedHashMap<>();
    paths.forEach(path -> at.put(path, NodeIds.RootFolder));
    for (int depth = 0; !at.isEmpty(); depth++) {
      List<NodeId> unknown =
          at.values().stream().distinct().filter(node -> !children.containsKey(node)).toList();
      for (Map.Entry<NodeId, Children> below : browser.onTheWay(unknown).entrySet()) {
        children.put(below.getKey(), below.getValue().references());
      }
      for (Map.Entry<ByPath, NodeId> entry : List.copyOf(at.entrySet())) {
        ByPath path = entry.getKey();
        Target target = step(path, depth, entry.getValue());
        if (target.node().isPresent() && depth + 1 < path.names().size()) {
          at.put(path, target.node().get());
        } else {
          at.remove(path);
          targets.put(path, target);
        }
      }
    }
  }

  private Target step(ByPath path, int depth, NodeId parent) {
    PathName name = path.names().get(depth);
    Optional<QualifiedName> qualified = ids.name(name);
    if (qualified.isEmpty()) {
      return unknownNamespace(name);
    }
    Map<NodeId, QualifiedName> matches = new LinkedHashMap<>();
    for (ReferenceDescription reference : children.get(parent)) {
      QualifiedName browseName = reference.getBrowseName();
      if (name.isQualified()
          ? browseName.equals(qualified.get())
          : name.name().equals(browseName.name())) {
        reference
            .getNodeId()
            .toNodeId(session.namespaces())
            .ifPresent(node -> matches.put(node, browseName));
      }
    }
    if (matches.isEmpty()) {
      ByPath above = new ByPath(path.names().subList(0, depth));
      return Target.none(
          StatusCodes.Bad_NoMatch,
          "there is no '" + name.name() + "' below " + (depth == 0 ? "the root" : above));
    }
    if (matches.size() > 1) {
      return Target.none(
          StatusCodes.Bad_TooManyMatches,
          "there are several '"
              + name.name()
              + "', in namespaces "
              + matches.values().stream()
                  .map(match -> match.namespaceIndex().toString())
                  .distinct()
                  .collect(Collectors.joining(", "))
              + "; write nsu=<uri>; before the name, or the node id");
    }
    return Target.of(matches.keySet().iterator().next());
  }

  private static Target unknownNamespace(PathName name) {
    return Target.none(
        StatusCodes.Bad_NodeIdUnknown,
        "the server has no namespace " + name.namespaceUri().orElse("") + " now");
  }
}
