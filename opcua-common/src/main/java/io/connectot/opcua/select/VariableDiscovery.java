// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.address.PathGlob;
import io.connectot.opcua.config.OpcUaBrowseConfig;
import io.connectot.opcua.select.Browser.Children;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/**
 * Finds variables below a browse root, level by level, each node once however many ways lead to it:
 * by the shortest. For one session and one thread at a time.
 */
final class VariableDiscovery {
  private final List<PathGlob> include;
  private final List<PathGlob> exclude;
  private final int maxDepth;
  private final int maxNodes;
  private final Browser browser;
  private final NamespaceTable namespaces;
  private final Set<NodeId> seen = new HashSet<>();
  private final List<Found> found = new ArrayList<>();
  private final List<NodeId> refused = new ArrayList<>();
  private StatusCode status = StatusCode.GOOD;
  private boolean complete = true;

  VariableDiscovery(Configuration config, Browser browser, NamespaceTable namespaces) {
    this.include = config.get(OpcUaBrowseConfig.INCLUDE);
    this.exclude = config.get(OpcUaBrowseConfig.EXCLUDE);
    this.maxDepth = config.get(OpcUaBrowseConfig.MAX_DEPTH);
    this.maxNodes = config.get(OpcUaBrowseConfig.MAX_NODES);
    this.browser = browser;
    this.namespaces = namespaces;
  }

  /**
   * A variable.
   *
   * @param path the names from the root on, without the root's own
   * @param properties what HasProperty leads to from it
   */
  record Found(NodeId id, List<String> path, List<ReferenceDescription> properties) {}

  /**
   * A node to look below.
   *
   * @param wanted whether it is a variable that matches
   */
  private record Step(NodeId id, List<String> path, boolean wanted) {}

  /** The variables below a root, at most as many as the configuration allows. Called once. */
  List<Found> below(NodeId root) throws ProtocolException, InterruptedException {
    boolean standard = isInsideStandard(root);
    List<Step> level = new ArrayList<>();
    seen.add(root);
    level.add(new Step(root, List.of(), false));
    for (int depth = 1; !level.isEmpty() && complete; depth++) {
      Map<NodeId, Children> children = browser.below(level.stream().map(Step::id).toList());
      List<Step> next = new ArrayList<>();
      for (Step step : level) {
        note(step, children.get(step.id).status());
        List<ReferenceDescription> properties = new ArrayList<>();
        for (ReferenceDescription reference : children.get(step.id).references()) {
          if (NodeIds.HasProperty.equals(reference.getReferenceTypeId())) {
            properties.add(reference);
          } else if (depth <= maxDepth) {
            follow(step, reference, standard, next);
          }
        }
        take(step, properties);
      }
      level = next;
    }
    return found;
  }

  /** Whether the root itself could be browsed. */
  StatusCode rootStatus() {
    return status;
  }

  /** Nodes that could not be browsed, so that what is below them is not known. */
  List<NodeId> refused() {
    return refused;
  }

  private void note(Step step, StatusCode browsed) {
    if (browsed.isBad()) {
      if (step.path.isEmpty()) {
        status = browsed;
      } else {
        refused.add(step.id);
      }
    }
  }

  /** Whether no variable was left out because there are too many. */
  boolean isComplete() {
    return complete;
  }

  private void take(Step step, List<ReferenceDescription> properties) {
    if (step.wanted) {
      if (found.size() < maxNodes) {
        found.add(new Found(step.id, step.path, List.copyOf(properties)));
      } else {
        complete = false;
      }
    }
  }

  private void follow(
      Step parent, ReferenceDescription reference, boolean standard, List<Step> next) {
    NodeId child = reference.getNodeId().toNodeId(namespaces).orElse(null);
    if (child == null
        || (isStandard(child) && !standard && !child.equals(NodeIds.ObjectsFolder))
        || seen.contains(child)) {
      return;
    }
    List<String> path = new ArrayList<>(parent.path);
    path.add(String.valueOf(reference.getBrowseName().name()));
    if (exclude.stream().anyMatch(glob -> glob.matches(path))) {
      return;
    }
    // Only now, because another way to it may not be excluded.
    seen.add(child);
    boolean wanted =
        reference.getNodeClass() == NodeClass.Variable
            && include.stream().anyMatch(glob -> glob.matches(path));
    next.add(new Step(child, List.copyOf(path), wanted));
  }

  private static boolean isStandard(NodeId id) {
    return id.getNamespaceIndex().intValue() == 0;
  }

  /** Somebody who names a node of OPC UA's own namespace wants what is below it. */
  private static boolean isInsideStandard(NodeId root) {
    return isStandard(root)
        && !root.equals(NodeIds.RootFolder)
        && !root.equals(NodeIds.ObjectsFolder);
  }
}
