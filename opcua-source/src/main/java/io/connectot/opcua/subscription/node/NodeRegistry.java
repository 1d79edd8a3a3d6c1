// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.OffsetReader;
import io.connectot.opcua.resume.NodeOffset;
import io.connectot.opcua.resume.NodePartition;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.resume.TransferAttempts;
import io.connectot.opcua.resume.TransferMemory;
import io.connectot.opcua.select.MonitoredNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

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

  /** Subscriptions that no session may take over any more. */
  private final Set<SubscriptionKey> givenUp = new HashSet<>();

  /** Subscriptions in stored offsets of nodes that belong to other parts now. */
  private final Set<SubscriptionKey> ofOtherNodes = new HashSet<>();

  private final TransferAttempts attempts;

  /**
   * @param resumes whether stored offsets are used
   * @param memories what is known of the server at a URL
   */
  public NodeRegistry(
      EndpointPart part,
      OffsetReader offsets,
      boolean resumes,
      Function<String, TransferMemory> memories) {
    this.part = part;
    this.offsets = offsets;
    this.resumes = resumes;
    this.attempts = new TransferAttempts(memories);
  }

  /** What became of transfers so far. */
  public TransferAttempts attempts() {
    return attempts;
  }

  /** The name of the part in offsets. */
  public String part() {
    return part.index() + "/" + part.count();
  }

  /** Whether a tag belongs to this part, whether it has a node or not. */
  public boolean owns(Device<?> device, Tag<?> tag) {
    return part.contains(device.name() + '/' + tag.name());
  }

  /**
   * The states of the nodes of a device that are of this part. Nodes that are new to the task begin
   * what Kafka has.
   */
  public synchronized Map<MonitoredNode, NodeState> states(
      Device<?> device, List<MonitoredNode> selected) {
    Map<NodePartition, MonitoredNode> own = new LinkedHashMap<>();
    for (MonitoredNode node : selected) {
      if (owns(device, node.tag())) {
        own.put(new NodePartition(device.name(), node.stableId(), node.tag().name()), node);
      }
    }
    List<Map<String, String>> unknown = new ArrayList<>();
    own.keySet().stream().filter(key -> known(key) == null).forEach(unknown::add);
    boolean first = !unknown.isEmpty() && resumes;
    Map<Map<String, String>, Map<String, Object>> stored = first ? offsets.read(unknown) : Map.of();
    if (first && part.count() > 1) {
      findSubscriptions(device, selected);
    }
    Map<MonitoredNode, NodeState> states = new LinkedHashMap<>();
    own.forEach(
        (partition, node) ->
            states.put(
                node,
                nodes.compute(
                    partition,
                    (key, state) ->
                        known(partition) != null
                            ? state
                            : new NodeState(
                                partition,
                                device,
                                NodeOffset.parse(partition, stored.get(partition)).orElse(null)))));
    return states;
  }

  /**
   * The state of a tag with the same node; null for none: a browsed tag may get the name that
   * another node had. Called with the lock of this held.
   */
  private NodeState known(NodePartition partition) {
    NodeState state = nodes.get(partition);
    return state != null && state.partition().node().equals(partition.node()) ? state : null;
  }

  /**
   * Finds the subscriptions of an earlier number of tasks, which may contain nodes of other parts
   * only. Called with the lock of this held.
   */
  private void findSubscriptions(Device<?> device, List<MonitoredNode> selected) {
    List<Map<String, String>> others = new ArrayList<>();
    for (MonitoredNode node : selected) {
      if (!owns(device, node.tag())) {
        others.add(new NodePartition(device.name(), node.stableId(), node.tag().name()));
      }
    }
    offsets
        .read(others)
        .values()
        .forEach(
            offset -> {
              SubscriptionKey key = NotificationPosition.readFrom(offset).subscription();
              if (key != null && !key.part().equals(part())) {
                ofOtherNodes.add(key);
              }
            });
  }

  /**
   * The subscriptions that may still be at the server, those of this life of the task last.
   *
   * @param left those in stored offsets; may contain null
   * @param serverStart the server's life, ticks
   */
  public synchronized Set<SubscriptionKey> subscriptions(
      Set<SubscriptionKey> left, long serverStart) {
    Set<SubscriptionKey> keys = new LinkedHashSet<>();
    Set<SubscriptionKey> candidates = new LinkedHashSet<>(left);
    candidates.addAll(ofOtherNodes);
    candidates.addAll(attempts.memory().left(serverStart));
    for (SubscriptionKey key : candidates) {
      if (key != null && key.serverStart() == serverStart && inherits(key.part())) {
        keys.add(key);
      }
    }
    expected.keySet().removeIf(key -> key.serverStart() != serverStart);
    givenUp.removeIf(key -> key.serverStart() != serverStart);
    keys.addAll(expected.keySet());
    keys.removeAll(givenUp);
    return keys;
  }

  /**
   * Whether a subscription is of this part, or of a part of another number of tasks, which nobody
   * has any more: each of those goes to one part.
   */
  private boolean inherits(String other) {
    if (other.equals(part())) {
      return true;
    }
    int slash = other.indexOf('/');
    try {
      int index = Integer.parseInt(other.substring(0, Math.max(0, slash)));
      int count = Integer.parseInt(other.substring(slash + 1));
      return count != part.count() && index % part.count() == part.index();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Whether no session may take a subscription over. */
  public synchronized boolean isGivenUp(SubscriptionKey key) {
    return givenUp.contains(key);
  }

  /** No session takes a subscription over any more: it is of no use. */
  public synchronized void giveUp(SubscriptionKey key) {
    forget(key);
    attempts.memory().forget(key);
    givenUp.add(key);
  }

  /**
   * The number of the next message of a subscription that was left at the server; 0 when it is not
   * of this run of the task. Stored offsets do not contain it: values without a record have none.
   */
  public synchronized long expected(SubscriptionKey key) {
    return expected.getOrDefault(key, 0L);
  }

  /** Remembers a subscription that is at the server. */
  public synchronized void remember(SubscriptionKey key, long next) {
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
  public synchronized int countTransfer(SubscriptionKey key) {
    return transfers.merge(key, 1, Integer::sum);
  }

  /** A message of a subscription that was taken over came. */
  public synchronized void settled(SubscriptionKey key) {
    transfers.remove(key);
  }
}
