// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.OffsetReader;
import io.connectot.opcua.resume.NodeOffset;
import io.connectot.opcua.resume.NodePartition;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.select.MonitoredNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a task keeps of one part of one endpoint from session to session: its nodes, and the
 * subscriptions that it left at the server. Thread-safe.
 */
public final class NodeRegistry {
  private final EndpointPart part;
  private final OffsetReader offsets;
  private final boolean resumes;

  /** All guarded by this. */
  private final Map<NodePartition, NodeState> nodes = new HashMap<>();

  private final Map<SubscriptionKey, Long> expected = new LinkedHashMap<>();
  private final Map<SubscriptionKey, Integer> transfers = new HashMap<>();
  private boolean transferRefused;

  /**
   * @param resumes whether stored offsets are used
   */
  public NodeRegistry(EndpointPart part, OffsetReader offsets, boolean resumes) {
    this.part = part;
    this.offsets = offsets;
    this.resumes = resumes;
  }

  /** The name of the part in offsets. */
  String part() {
    return part.index() + "/" + part.count();
  }

  /** Whether a tag belongs to this part, whether it has a node or not. */
  boolean owns(Device<?> device, Tag<?> tag) {
    return part.contains(device.name() + '/' + tag.name());
  }

  /**
   * The states of the nodes of a device that are of this part. Nodes that are new to the task begin
   * where Kafka stands.
   */
  synchronized Map<MonitoredNode, NodeState> states(
      Device<?> device, List<MonitoredNode> selected) {
    Map<NodePartition, MonitoredNode> own = new LinkedHashMap<>();
    for (MonitoredNode node : selected) {
      if (owns(device, node.tag())) {
        own.put(new NodePartition(device.name(), node.stableId(), node.tag().name()), node);
      }
    }
    List<Map<String, String>> unknown = new ArrayList<>();
    own.keySet().stream().filter(key -> !nodes.containsKey(key)).forEach(unknown::add);
    Map<Map<String, String>, Map<String, Object>> stored =
        resumes && !unknown.isEmpty() ? offsets.read(unknown) : Map.of();
    Map<MonitoredNode, NodeState> states = new LinkedHashMap<>();
    own.forEach(
        (partition, node) ->
            states.put(
                node,
                nodes.computeIfAbsent(
                    partition,
                    key ->
                        new NodeState(
                            key, device, NodeOffset.parse(key, stored.get(key)).orElse(null)))));
    return states;
  }

  /**
   * The subscriptions that may still be at the server, those of this life of the task last.
   *
   * @param left those in stored offsets; may contain null
   * @param serverStart the server's life, ticks
   */
  synchronized Set<SubscriptionKey> subscriptions(Set<SubscriptionKey> left, long serverStart) {
    Set<SubscriptionKey> keys = new LinkedHashSet<>();
    for (SubscriptionKey key : left) {
      if (key != null && key.serverStart() == serverStart && key.part().equals(part())) {
        keys.add(key);
      }
    }
    expected.keySet().removeIf(key -> key.serverStart() != serverStart);
    keys.addAll(expected.keySet());
    return keys;
  }

  /**
   * The number of the next message of a subscription that was left at the server; 0 when it is not
   * of this run of the task. Stored offsets do not contain it: values without a record have none.
   */
  synchronized long expected(SubscriptionKey key) {
    return expected.getOrDefault(key, 0L);
  }

  /** Remembers a subscription that is at the server. */
  synchronized void remember(SubscriptionKey key, long next) {
    expected.put(key, next);
  }

  /** The server does not have it any more. */
  synchronized void forget(SubscriptionKey key) {
    expected.remove(key);
    transfers.remove(key);
  }

  /**
   * Counts how often a subscription was taken over since the last message of it.
   *
   * @return how often, this time included
   */
  synchronized int countTransfer(SubscriptionKey key) {
    return transfers.merge(key, 1, Integer::sum);
  }

  /** A message of a subscription that was taken over came. */
  synchronized void settled(SubscriptionKey key) {
    transfers.remove(key);
  }

  /**
   * Whether the server does not let subscriptions be taken over, so that it is no use to leave any.
   */
  synchronized boolean transferRefused() {
    return transferRefused;
  }

  synchronized void refuseTransfer() {
    transferRefused = true;
  }
}
