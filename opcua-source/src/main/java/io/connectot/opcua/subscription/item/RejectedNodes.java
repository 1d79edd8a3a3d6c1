// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.Tag;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.select.Selection.Missing;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig;
import io.connectot.opcua.subscription.node.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The nodes that the server rejected, each with its own retry delay. Thread-safe. */
public final class RejectedNodes {
  private final Duration firstRetry;
  private final Duration maxRetry;
  private final LongSupplier nanoTime;

  /** Guarded by this. */
  private final Map<NodeState, RetryDelay> pauses = new HashMap<>();

  private final Map<MissingTag, RetryDelay> missing = new HashMap<>();

  private final Map<NodeState, String> refused = new HashMap<>();
  private final List<SourceEvent> unreported = new ArrayList<>();

  /** Not logged yet, by device: one line for any number of nodes. */
  private final Map<String, Unlogged> missingUnlogged = new LinkedHashMap<>();

  private final Map<String, Unlogged> refusedUnlogged = new LinkedHashMap<>();

  /**
   * What is wrong with nodes of a device.
   *
   * @param count how many
   * @param example one of them, and what is wrong with it
   * @param remedy what an operator can do about it
   */
  private record Unlogged(int count, String example, String remedy) {
    Unlogged plus(Unlogged other) {
      return new Unlogged(count + other.count, example, remedy);
    }
  }

  /** A tag without a node, by name. */
  private record MissingTag(String device, String tag) {}

  /**
   * @param nanoTime a monotonic clock
   */
  public RejectedNodes(Configuration config, LongSupplier nanoTime) {
    this.firstRetry = config.get(OpcUaSubscriptionConfig.BAD_NODE_RETRY);
    this.maxRetry = OpcUaSubscriptionConfig.badNodeRetryMax(config);
    this.nanoTime = nanoTime;
  }

  /**
   * The server rejected a node.
   *
   * @param remedy what an operator can do about it
   */
  public synchronized void refused(NodeState state, String status, String remedy, long epochNanos) {
    pauses.computeIfAbsent(state, unused -> newPause()).failed(nanoTime.getAsLong());
    if (!status.equals(refused.put(state, status))) {
      Tag<OpcUaTag> tag = state.node().tag();
      unreported.add(Measurement.bad(state.node().point(), epochNanos, status));
      unlogged(refusedUnlogged, state.device(), tag, status, remedy);
    }
  }

  /** A tag has no node at the server. */
  synchronized void missing(Device<?> device, Missing absent, long epochNanos) {
    Tag<OpcUaTag> tag = absent.tag();
    MissingTag key = new MissingTag(device.name(), tag.name());
    boolean isNew = !missing.containsKey(key);
    missing.computeIfAbsent(key, unused -> newPause()).failed(nanoTime.getAsLong());
    if (isNew) {
      unreported.add(Measurement.bad(absent.point(), epochNanos, absent.status()));
      unlogged(
          missingUnlogged,
          device,
          tag,
          absent.cause() + " (" + absent.status() + ")",
          "check the node ids in tags.*, tags.file or opcua.nodes.file, and the user's rights at"
              + " the server");
    }
  }

  private static void unlogged(
      Map<String, Unlogged> of, Device<?> device, Tag<OpcUaTag> tag, String cause, String remedy) {
    String example = tag.name() + " (" + tag.address().node() + "): " + cause;
    of.merge(device.name(), new Unlogged(1, example, remedy), Unlogged::plus);
  }

  /** The tag has a node now. */
  synchronized void found(Device<?> device, Tag<?> tag) {
    missing.remove(new MissingTag(device.name(), tag.name()));
  }

  /** The node is monitored now, or no longer selected. */
  synchronized void accepted(NodeState state) {
    refused.remove(state);
    pauses.remove(state);
  }

  /** The server reports a change of its nodes: everything is tried again, at short pauses first. */
  synchronized void retryNow() {
    long now = nanoTime.getAsLong();
    pauses.values().forEach(pause -> pause.restart(now));
    missing.values().forEach(pause -> pause.restart(now));
  }

  /** The rejected nodes whose retry is due. */
  synchronized List<NodeState> due() {
    long now = nanoTime.getAsLong();
    return refused.keySet().stream().filter(state -> pauses.get(state).due(now)).toList();
  }

  /** Whether missing tags are due for another look-up. */
  synchronized boolean missingDue() {
    long now = nanoTime.getAsLong();
    return missing.values().stream().anyMatch(pause -> pause.due(now));
  }

  /** The BAD measurements that were not reported yet. */
  synchronized List<SourceEvent> takeUnreported() {
    List<SourceEvent> events = List.copyOf(unreported);
    unreported.clear();
    return events;
  }

  /**
   * What an operator has to know of nodes that were not logged yet: a line for each device, however
   * many there are.
   */
  synchronized List<String> takeLines() {
    List<String> lines = new ArrayList<>();
    missingUnlogged.forEach(
        (device, unlogged) -> lines.add(line(device, unlogged, "have no node at the server")));
    refusedUnlogged.forEach(
        (device, unlogged) -> lines.add(line(device, unlogged, "are rejected by the server")));
    missingUnlogged.clear();
    refusedUnlogged.clear();
    return lines;
  }

  private String line(String device, Unlogged unlogged, String what) {
    return "Device '"
        + device
        + "': "
        + unlogged.count()
        + " tags "
        + what
        + " and are BAD, such as "
        + unlogged.example()
        + "; "
        + unlogged.remedy()
        + ". Retrying after "
        + text(firstRetry)
        + ", then at growing intervals up to "
        + text(maxRetry)
        + " (opcua.bad.node.retry.ms)";
  }

  private static String text(Duration pause) {
    return pause.toMillis() % 1000 == 0 ? pause.toSeconds() + " s" : pause.toMillis() + " ms";
  }

  /** How many there are. */
  synchronized int size() {
    return pauses.size() + missing.size();
  }

  private RetryDelay newPause() {
    return new RetryDelay(firstRetry, maxRetry);
  }
}
