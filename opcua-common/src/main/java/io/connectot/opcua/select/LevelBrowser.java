// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.address.NodeAddress.ById;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.select.Browser.Children;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** Browses an address space level by level. For one session and one thread at a time. */
public final class LevelBrowser {
  private final UaSession session;
  private final Browser browser;
  private final StableIds ids;

  /** Browses the server that a session is with. */
  public LevelBrowser(UaSession session) {
    this.session = session;
    this.browser = new Browser(session);
    this.ids = new StableIds(session.namespaces());
  }

  /**
   * A node.
   *
   * @param address the same in all sessions
   * @param name the browse name without its namespace
   * @param isVariable whether it has a value
   * @param isParent whether there may be nodes below it
   */
  public record Child(ById address, String name, boolean isVariable, boolean isParent) {}

  /**
   * The objects and variables below a node, without its properties.
   *
   * @param parent the text of a node address; empty for the folder Objects
   * @param limit the most children
   */
  public List<Child> below(String parent, int limit)
      throws LineException, ProtocolException, InterruptedException {
    NodeId node = parent.isEmpty() ? NodeIds.ObjectsFolder : locate(parent);
    Children children = browser.below(List.of(node)).get(node);
    if (children.status().isBad()) {
      throw unreadable(parent, ServiceStatus.text(children.status()));
    }
    Map<NodeId, ReferenceDescription> found = new LinkedHashMap<>();
    for (ReferenceDescription reference : children.references()) {
      NodeId child = reference.getNodeId().toNodeId(session.namespaces()).orElse(null);
      if (child != null && found.size() < limit && !isProperty(reference)) {
        found.putIfAbsent(child, reference);
      }
    }
    Set<NodeId> parents = parents(found);
    List<Child> level = new ArrayList<>();
    found.forEach(
        (id, reference) ->
            level.add(
                new Child(
                    ids.address(id),
                    String.valueOf(reference.getBrowseName().name()),
                    isVariable(reference),
                    !isVariable(reference) || parents.contains(id))));
    return level;
  }

  /** The variables that have more than properties below them, such as structures of a PLC. */
  private Set<NodeId> parents(Map<NodeId, ReferenceDescription> found)
      throws ProtocolException, InterruptedException {
    List<NodeId> variables =
        found.entrySet().stream()
            .filter(child -> isVariable(child.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return browser.below(variables).entrySet().stream()
        .filter(below -> below.getValue().references().stream().anyMatch(one -> !isProperty(one)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean isProperty(ReferenceDescription reference) {
    return NodeIds.HasProperty.equals(reference.getReferenceTypeId());
  }

  private static boolean isVariable(ReferenceDescription reference) {
    return reference.getNodeClass() == NodeClass.Variable;
  }

  private NodeId locate(String parent)
      throws LineException, ProtocolException, InterruptedException {
    return new NodeLocator(session)
        .find(NodeAddress.parse(parent))
        .orElseThrow(() -> unreadable(parent, "no such node"));
  }

  private ProtocolException unreadable(String node, String status) {
    return new ProtocolException(
        Kind.CONFIGURATION,
        Scope.DEVICE,
        status,
        session.url()
            + ": the node "
            + node
            + " cannot be browsed ("
            + status
            + "); the user may not see it, or it is gone: browse its parent again",
        null);
  }
}
