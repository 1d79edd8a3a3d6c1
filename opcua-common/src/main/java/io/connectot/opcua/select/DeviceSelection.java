// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.address.NodeAddress.ById;
import io.connectot.opcua.address.NodeAddress.ByPath;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.OpcUaBrowseConfig;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.select.PathResolver.Target;
import io.connectot.opcua.select.Selection.Missing;
import io.connectot.opcua.select.VariableDiscovery.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of one device in one session. Nodes that were found are not looked up again, missing
 * ones are looked up in every selection. For one thread at a time.
 */
final class DeviceSelection {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceSelection.class);

  private final Configuration config;
  private final List<NodeAddress> roots;
  private final List<Point<OpcUaTag>> configured;
  private final TagCache cache;
  private final UaSession session;
  private final StableIds ids;
  private final Browser browser;
  private final NodeDescriber describer;
  private final Map<NodeAddress, NodeId> located = new HashMap<>();
  private final Map<NodeId, NodeDescription> described = new HashMap<>();
  private final Map<NodeAddress, Target> lost = new LinkedHashMap<>();

  /** By root, in the order of the roots. */
  private final Map<NodeAddress, List<Found>> discovered = new LinkedHashMap<>();

  /**
   * @param configured the tags that have lines, or entries in a file
   */
  DeviceSelection(
      Configuration config, List<Point<OpcUaTag>> configured, TagCache cache, UaSession session) {
    this.config = config;
    this.roots = config.get(OpcUaBrowseConfig.ROOTS);
    this.configured = configured;
    this.cache = cache;
    this.session = session;
    this.ids = new StableIds(session.namespaces());
    this.browser = new Browser(session);
    this.describer = new NodeDescriber(session, browser);
  }

  UaSession session() {
    return session;
  }

  Selection select() throws ProtocolException, InterruptedException {
    Set<NodeAddress> wanted = new LinkedHashSet<>(roots);
    configured.forEach(point -> wanted.add(point.tag().address().node()));
    locate(wanted.stream().filter(address -> !located.containsKey(address)).toList());
    describe(
        configured.stream()
            .map(point -> located.get(point.tag().address().node()))
            .filter(Objects::nonNull)
            .toList(),
        Map.of());
    discover();
    List<MonitoredNode> nodes = new ArrayList<>();
    List<Missing> missing = new ArrayList<>();
    for (Point<OpcUaTag> point : configured) {
      Tag<OpcUaTag> tag = point.tag();
      NodeId id = located.get(tag.address().node());
      if (id == null) {
        missing.add(missing(point, lost.get(tag.address().node())));
      } else if (described.get(id).status().isBad()) {
        missing.add(unreadable(point, described.get(id)));
      } else {
        nodes.add(node(id, tag));
      }
    }
    addDiscovered(nodes);
    for (NodeAddress root : roots) {
      if (!discovered.containsKey(root)) {
        missing.add(missing(cache.root(root), lost.get(root)));
      }
    }
    cache.keep(nodes.stream().map(MonitoredNode::point).toList());
    return new Selection(nodes, missing);
  }

  private void locate(Collection<NodeAddress> addresses)
      throws ProtocolException, InterruptedException {
    lost.clear();
    List<ByPath> paths = new ArrayList<>();
    for (NodeAddress address : addresses) {
      if (address instanceof ByPath path) {
        paths.add(path);
      } else if (address instanceof ById id) {
        ids.nodeId(id)
            .ifPresentOrElse(
                node -> located.put(address, node), () -> lost.put(address, unknownNamespace(id)));
      }
    }
    new PathResolver(session, ids, browser)
        .resolve(paths)
        .forEach(
            (path, target) -> {
              if (target.node().isPresent()) {
                located.put(path, target.node().get());
              } else {
                lost.put(path, target);
              }
            });
  }

  private static Target unknownNamespace(ById id) {
    return Target.none(
        StatusCodes.Bad_NodeIdUnknown,
        "the server has no namespace " + id.namespaceUri().orElse("") + " now");
  }

  private void describe(List<NodeId> nodes, Map<NodeId, List<ReferenceDescription>> known)
      throws ProtocolException, InterruptedException {
    List<NodeId> unknown =
        nodes.stream()
            .distinct()
            .filter(node -> !described.containsKey(node) || described.get(node).status().isBad())
            .toList();
    described.putAll(describer.describe(unknown, known));
  }

  /** Looks below the roots that were not there before. */
  private void discover() throws ProtocolException, InterruptedException {
    for (NodeAddress root : roots) {
      NodeId id = located.get(root);
      if (id == null || discovered.containsKey(root)) {
        continue;
      }
      VariableDiscovery discovery = new VariableDiscovery(config, browser, session.namespaces());
      List<Found> found = discovery.below(id);
      if (discovery.rootStatus().isBad()) {
        located.remove(root);
        lost.put(
            root,
            new Target(
                Optional.empty(),
                discovery.rootStatus(),
                "the user may not browse the node, or the server has no node with " + "this id"));
        continue;
      }
      if (!discovery.refused().isEmpty()) {
        LOG.warn(
            "{}: {} nodes such as {} cannot be browsed; nodes below them are "
                + "left out. Grant the user the right to browse them, or exclude them "
                + "with opcua.browse.exclude",
            session.url(),
            discovery.refused().size(),
            ids.text(discovery.refused().get(0)));
      }
      if (!discovery.isComplete()) {
        LOG.warn(
            "{}: more than {} variables below {}; the rest is left out. Narrow "
                + "opcua.browse.include, or raise opcua.browse.max.nodes",
            session.url(),
            config.get(OpcUaBrowseConfig.MAX_NODES),
            root);
      }
      describe(
          found.stream().map(Found::id).toList(),
          found.stream()
              .collect(Collectors.toMap(Found::id, Found::properties, (one, other) -> one)));
      discovered.put(root, found);
    }
  }

  private void addDiscovered(List<MonitoredNode> nodes) {
    Set<NodeId> taken = new HashSet<>();
    Set<String> names = new HashSet<>();
    nodes.forEach(node -> taken.add(node.nodeId()));
    configured.forEach(point -> names.add(point.tag().name()));
    Set<ValueType> types = config.get(OpcUaBrowseConfig.TYPES);
    int maxNodes = config.get(OpcUaBrowseConfig.MAX_NODES);
    Map<String, NodeId> found = new LinkedHashMap<>();
    Map<String, String> wanted = new LinkedHashMap<>();
    for (List<Found> below : discovered.values()) {
      for (Found variable : below) {
        NodeDescription description = described.get(variable.id());
        if (!description.status().isBad()
            && (types.isEmpty() || types.contains(description.type()))
            && wanted.size() < maxNodes
            && taken.add(variable.id())) {
          String id = ids.text(variable.id());
          found.put(id, variable.id());
          wanted.put(id, TagNames.legal(String.join(".", variable.path())));
        }
      }
    }
    Map<String, String> unique = TagNames.unique(wanted, names);
    found.forEach(
        (id, node) -> {
          OpcUaTag address =
              new OpcUaTag(ids.address(node), Optional.empty(), ItemSettings.DEFAULT);
          nodes.add(node(node, cache.make(unique.get(id), address)));
        });
  }

  private MonitoredNode node(NodeId id, Tag<OpcUaTag> tag) {
    NodeDescription description = described.get(id);
    String stableId = ids.text(id);
    return new MonitoredNode(
        stableId,
        id,
        cache.described(stableId, tag, description),
        description.dataType(),
        description.valueRank(),
        description.historyReadable(),
        description.properties());
  }

  private Missing missing(Point<OpcUaTag> point, Target target) {
    return new Missing(point, ServiceStatus.text(target.status()), target.cause());
  }

  private static Missing unreadable(Point<OpcUaTag> point, NodeDescription node) {
    String cause =
        node.status().getValue() == StatusCodes.Bad_AttributeIdInvalid
            ? "the node is no variable"
            : "the user may not read the node, or the server has no node with this " + "id";
    return new Missing(point, ServiceStatus.text(node.status()), cause);
  }
}
