// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamSink;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.config.OpcUaBrowseConfig;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.select.MonitoredNode;
import io.connectot.opcua.select.Selection;
import io.connectot.opcua.select.Selection.Missing;
import io.connectot.opcua.subscription.node.ModelChangeListener;
import io.connectot.opcua.subscription.node.NodeMonitor;
import io.connectot.opcua.subscription.node.NodeRegistry;
import io.connectot.opcua.subscription.node.NodeState;
import io.connectot.opcua.subscription.node.SessionDependencies;
import io.connectot.opcua.subscription.node.ValueSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains the nodes of a session: retries rejected nodes when they are due, and adds and removes
 * nodes, without affecting the others. For one thread at a time, except the listener methods.
 */
public final class NodeMaintenance implements ModelChangeListener {
  private static final Logger LOG = LoggerFactory.getLogger(NodeMaintenance.class);
  private static final long TICK_MILLIS = 500;

  /** The pauses between two browses that changes cause, while changes go on. */
  private static final Duration CHANGES_PAUSE = Duration.ofSeconds(2);

  private static final Duration LONGEST_CHANGES_PAUSE = Duration.ofMinutes(5);

  /** At most one part in so many of the time is spent on browsing for changes. */
  private static final int CHANGES_SHARE = 5;

  private final SessionDependencies parts;
  private final Duration reselect;
  private final List<Device<OpcUaDevice>> devices;
  private final NodeRegistry registry;
  private final UaSession session;
  private final NodeMonitor monitor;
  private final ValueSource values;
  private final MonitoredItemFactory factory;
  private final RejectedNodes rejectedNodes;
  private final StreamSink sink;
  private final Set<NodeState> selected = new LinkedHashSet<>();
  private final AtomicBoolean typesChanged = new AtomicBoolean();
  private final AtomicBoolean nodesChanged = new AtomicBoolean();
  private final List<SourceEvent> degraded = new ArrayList<>();

  /** Nodes to be monitored anew; added to by any thread. */
  private final Queue<NodeState> later = new ConcurrentLinkedQueue<>();

  private final Backoff changesPause = new Backoff(CHANGES_PAUSE, LONGEST_CHANGES_PAUSE, () -> 0);
  private long changesDueNanos = System.nanoTime();
  private long selectedNanos = System.nanoTime();

  /** For one session. */
  public NodeMaintenance(
      SessionDependencies parts,
      List<Device<OpcUaDevice>> devices,
      NodeRegistry registry,
      UaSession session,
      NodeMonitor monitor,
      ValueSource values,
      MonitoredItemFactory factory,
      RejectedNodes rejectedNodes,
      StreamSink sink) {
    this.parts = parts;
    this.reselect = parts.config().get(OpcUaBrowseConfig.REFRESH);
    this.devices = devices;
    this.registry = registry;
    this.session = session;
    this.monitor = monitor;
    this.values = values;
    this.factory = factory;
    this.rejectedNodes = rejectedNodes;
    this.sink = sink;
  }

  @Override
  public void typesChanged() {
    typesChanged.set(true);
  }

  @Override
  public void nodesChanged() {
    nodesChanged.set(true);
  }

  /** Finds the nodes of the session. */
  public Set<NodeState> select() throws ProtocolException, InterruptedException {
    Set<NodeState> found = new LinkedHashSet<>();
    long now = parts.epochNanos().getAsLong();
    for (Device<OpcUaDevice> device : devices) {
      Selection selection = parts.nodes().select(session, device);
      Map<MonitoredNode, NodeState> states = registry.states(device, selection.nodes());
      values.prepare(states.keySet());
      states.forEach(
          (node, state) -> {
            state.describe(node, values.of(node));
            rejectedNodes.found(device, node.tag());
            found.add(state);
          });
      for (Missing missing : selection.missing()) {
        if (registry.owns(device, missing.tag())) {
          rejectedNodes.missing(device, missing, now);
        }
      }
    }
    selected.clear();
    selected.addAll(found);
    selectedNanos = System.nanoTime();
    return found;
  }

  /**
   * Tells that the endpoint's first device does not do all that it should, before {@link #run}.
   *
   * @param cause in words for an operator
   */
  public void degraded(String cause) {
    degraded.add(
        new DeviceStatus(
            devices.get(0),
            DeviceState.DEGRADED,
            Clock.instant(parts.epochNanos().getAsLong()),
            cause,
            session.url()));
  }

  /** Monitors nodes anew soon. Thread-safe. */
  public void monitorLater(Collection<NodeState> states) {
    later.addAll(states);
  }

  private void monitorDeferred(String cause) throws ProtocolException, InterruptedException {
    List<NodeState> states = new ArrayList<>();
    for (NodeState state = later.poll(); state != null; state = later.poll()) {
      states.add(state);
    }
    if (!states.isEmpty()) {
      monitorAgain(states, cause);
    }
  }

  /** Monitors nodes that the server does not monitor. */
  public void monitorAgain(List<NodeState> states, String cause)
      throws ProtocolException, InterruptedException {
    for (NodeState state : states) {
      state.restart(cause, factory.skipsFirst(state.node()));
    }
    for (NodeState state : monitor.monitor(states)) {
      rejectedNodes.accepted(state);
    }
  }

  /**
   * Runs until the connection is over.
   *
   * @throws ProtocolException when the server does not answer any more
   * @throws InterruptedException when the session is closed
   */
  public void run() throws ProtocolException, InterruptedException {
    while (true) {
      say();
      TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
      // Not before the runtime reported that the device is online.
      tellDegraded();
      if (System.nanoTime() - changesDueNanos >= 0 && forgetWhatChanged()) {
        long begin = System.nanoTime();
        reselect();
        long end = System.nanoTime();
        if (begin - changesDueNanos > LONGEST_CHANGES_PAUSE.toNanos()) {
          changesPause.reset();
        }
        changesDueNanos = end + Math.max(changesPause.nextNanos(), CHANGES_SHARE * (end - begin));
      } else if (reselectDue() || rejectedNodes.missingDue()) {
        reselect();
      }
      monitorDeferred("the subscription was replaced");
      monitor.keepAlive();
      List<NodeState> due = rejectedNodes.due();
      if (!due.isEmpty()) {
        monitorAgain(due, "the server rejected the node");
      }
    }
  }

  /** Whether anything has changed. */
  private boolean forgetWhatChanged() {
    boolean types = typesChanged.getAndSet(false);
    boolean nodes = nodesChanged.getAndSet(false);
    if (types) {
      LOG.info(
          "{} reports a change of data types or properties; reading them again", session.url());
      values.forget();
    } else if (nodes) {
      LOG.info("{} reports a change of its nodes; browsing again", session.url());
    }
    if (nodes) {
      rejectedNodes.retryNow();
    }
    if (types || nodes) {
      parts.nodes().forget();
    }
    return types || nodes;
  }

  private boolean reselectDue() {
    return !reselect.isZero() && System.nanoTime() - selectedNanos > reselect.toNanos();
  }

  private void reselect() throws ProtocolException, InterruptedException {
    Set<NodeState> before = new HashSet<>(selected);
    Set<NodeState> now = select();
    List<NodeState> added = new ArrayList<>();
    for (NodeState state : now) {
      if (!before.remove(state)) {
        added.add(state);
      }
    }
    if (!before.isEmpty()) {
      LOG.info("{} nodes no longer exist at {}", before.size(), session.url());
      before.forEach(rejectedNodes::accepted);
      monitor.remove(before);
    }
    if (!added.isEmpty()) {
      LOG.info("{} new nodes at {}", added.size(), session.url());
      added.forEach(NodeState::startSession);
      monitorAgain(added, "the node did not exist");
    }
  }

  private void tellDegraded() throws InterruptedException {
    if (!degraded.isEmpty()) {
      sink.deliverEvents(List.copyOf(degraded));
      degraded.clear();
    }
  }

  private void say() throws InterruptedException {
    rejectedNodes.takeLines().forEach(LOG::warn);
    List<SourceEvent> events = rejectedNodes.takeUnreported();
    if (!events.isEmpty()) {
      sink.deliverEvents(events);
    }
  }
}
