// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.Tag;
import io.connectot.opcua.config.SubscriptionSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The nodes that the server refused, each with its own pause before it is tried again. Thread-safe.
 */
final class BadNodes {
  private final SubscriptionSettings settings;
  private final LongSupplier nanoTime;

  /** Guarded by this. */
  private final Map<NodeState, RetryPause> pauses = new HashMap<>();

  private final Map<MissingTag, RetryPause> missing = new HashMap<>();

  private final Map<NodeState, String> refused = new HashMap<>();
  private final List<SourceEvent> unsaid = new ArrayList<>();

  /** A tag without a node. By name: there may be another instance for every selection. */
  private record MissingTag(String device, String tag) {}

  BadNodes(SubscriptionSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /** The server refused to monitor or read a node. */
  synchronized void refused(NodeState state, String status, long epochNanos) {
    pauses.computeIfAbsent(state, unused -> newPause()).failed(nanoTime.getAsLong());
    if (!status.equals(refused.put(state, status))) {
      unsaid.add(Measurement.bad(state.device(), state.node().tag(), epochNanos, status));
    }
  }

  /** A tag has no node at the server. */
  synchronized void missing(Device<?> device, Tag<?> tag, String status, long epochNanos) {
    MissingTag key = new MissingTag(device.name(), tag.name());
    boolean isNew = !missing.containsKey(key);
    missing.computeIfAbsent(key, unused -> newPause()).failed(nanoTime.getAsLong());
    if (isNew) {
      unsaid.add(Measurement.bad(device, tag, epochNanos, status));
    }
  }

  /** The tag has a node now. */
  synchronized void found(Device<?> device, Tag<?> tag) {
    missing.remove(new MissingTag(device.name(), tag.name()));
  }

  /** The node is monitored now, or not wanted any more. */
  synchronized void mended(NodeState state) {
    refused.remove(state);
    pauses.remove(state);
  }

  /** The refused nodes that are to be tried again now. */
  synchronized List<NodeState> due() {
    long now = nanoTime.getAsLong();
    return refused.keySet().stream().filter(state -> pauses.get(state).due(now)).toList();
  }

  /** Whether missing tags are to be looked for again now. */
  synchronized boolean missingDue() {
    long now = nanoTime.getAsLong();
    return missing.values().stream().anyMatch(pause -> pause.due(now));
  }

  /** The BAD measurements that were not said yet. */
  synchronized List<SourceEvent> takeUnsaid() {
    List<SourceEvent> events = List.copyOf(unsaid);
    unsaid.clear();
    return events;
  }

  /** How many there are. */
  synchronized int size() {
    return pauses.size() + missing.size();
  }

  private RetryPause newPause() {
    return new RetryPause(settings.badNodeRetry(), settings.badNodeRetryMax());
  }
}
