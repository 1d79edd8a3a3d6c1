// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.host.ReorderBuffer.Arrival;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.topic.SparkplugTopic;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A host application: what it learns from the messages of edge nodes, over one or several brokers,
 * and from the time. Has no threads and no clock, sends nothing, and waits for nothing.
 *
 * <p>An edge node has one state whatever broker its messages come over, so that a late death on the
 * broker it left does not end the session on another. For one thread at a time.
 */
public final class HostMachine {
  private final HostSettings settings;
  private final Map<EdgeId, NodeSession> nodes = new HashMap<>();

  /** Receives events during a call; null outside of calls. */
  private Consumer<HostEvent> events;

  public HostMachine(HostSettings settings) {
    this.settings = settings;
  }

  /**
   * A message arrived.
   *
   * @param server the broker that it came over
   * @param receivedNanos when, epoch nanoseconds
   * @param now not before {@code receivedNanos}
   * @param into gets what it means
   */
  public void message(
      SparkplugTopic topic,
      Payload payload,
      String server,
      long receivedNanos,
      Moment now,
      Consumer<HostEvent> into) {
    if (topic.type().isCommand()) {
      return;
    }
    events = into;
    try {
      node(topic.id()).message(new Arrival(topic, payload, receivedNanos), server, now);
    } finally {
      events = null;
    }
  }

  /** A message arrived whose payload cannot be read. */
  public void malformed(SparkplugTopic topic, String cause, Moment now, Consumer<HostEvent> into) {
    if (topic.type().isCommand()) {
      return;
    }
    events = into;
    try {
      node(topic.id()).malformed(cause, now);
    } finally {
      events = null;
    }
  }

  /** The time passed, for the edge nodes of one broker. */
  public void tick(String server, Moment now, Consumer<HostEvent> into) {
    events = into;
    try {
      for (NodeSession node : nodes.values()) {
        if (node.server() == null || node.server().equals(server)) {
          node.tick(now);
        }
      }
    } finally {
      events = null;
    }
  }

  /**
   * Messages of a broker may be missing from now on.
   *
   * @param cause in words for an operator
   */
  public void connectionLost(String server, String cause) {
    for (NodeSession node : nodes.values()) {
      if (node.server() == null || node.server().equals(server)) {
        node.unheard(cause);
      }
    }
  }

  /**
   * What was known before a restart. Before any message; edge nodes before their devices.
   *
   * @param cause why messages may be missing since, in words for an operator
   */
  public void restore(Stored stored, String cause, Moment now) {
    node(stored.id()).restore(stored, cause, now.tick());
  }

  /** The number of edge nodes that are known. */
  public int nodes() {
    return nodes.size();
  }

  private NodeSession node(EdgeId id) {
    return nodes.computeIfAbsent(
        id.ofNode(), node -> new NodeSession(node, settings, event -> events.accept(event)));
  }
}
