// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.connection.Threads;
import io.connectot.core.model.Device;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.resume.ValueInstant;
import io.connectot.opcua.settings.OpcUaResumeConfig;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig.Mode;
import io.connectot.opcua.subscription.delivery.EventBatch;
import io.connectot.opcua.subscription.delivery.HistoryBackfill;
import io.connectot.opcua.subscription.delivery.NotificationHandler;
import io.connectot.opcua.subscription.delivery.ValueHandler;
import io.connectot.opcua.subscription.item.MonitoredItemFactory;
import io.connectot.opcua.subscription.item.NodeMaintenance;
import io.connectot.opcua.subscription.item.RejectedNodes;
import io.connectot.opcua.subscription.item.SubscriptionService;
import io.connectot.opcua.subscription.item.SubscriptionSet;
import io.connectot.opcua.subscription.node.EventMonitor;
import io.connectot.opcua.subscription.node.Heartbeats;
import io.connectot.opcua.subscription.node.NodeMonitor;
import io.connectot.opcua.subscription.node.NodeRegistry;
import io.connectot.opcua.subscription.node.NodeState;
import io.connectot.opcua.subscription.node.SessionDependencies;
import io.connectot.opcua.subscription.node.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session with a server. The runtime's thread starts it. Then it has three threads: one handles
 * publish responses, or polls; one reads history; one maintains the nodes.
 */
public final class ServerSession implements StreamingSession {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);
  private static final String AWAY = "the connection was lost, or the task was not running";
  private static final long JOIN_MILLIS = 500;

  private final SessionDependencies parts;
  private final List<Device<OpcUaDevice>> devices;
  private final NodeRegistry registry;
  private final String threadName;
  private final RejectedNodes rejectedNodes;

  /** Guarded by this. */
  private final List<Thread> threads = new ArrayList<>();

  /** Both null before the start. */
  private volatile UaSession session;

  private volatile ValueSource values;

  /** What is to be done at the server before an orderly end. */
  private volatile Runnable farewell = () -> {};

  /** Whether the connection is lost. */
  private volatile boolean lost;

  /** Whether it ends by a failure, of whatever kind. */
  private volatile boolean failed;

  private volatile boolean closed;

  /**
   * @param devices the devices behind the endpoint
   * @param registry what is known from earlier sessions
   * @param threadName what the names of its threads begin with
   */
  public ServerSession(
      SessionDependencies parts,
      List<Device<OpcUaDevice>> devices,
      NodeRegistry registry,
      String threadName) {
    this.parts = parts;
    this.devices = List.copyOf(devices);
    this.registry = registry;
    this.threadName = threadName;
    this.rejectedNodes = new RejectedNodes(parts.config(), System::nanoTime);
  }

  @Override
  public void start(StreamSink sink) throws ProtocolException, InterruptedException {
    try {
      open(sink);
    } catch (ProtocolException e) {
      failed(e);
      throw e;
    } catch (RuntimeException e) {
      failed = true;
      // An answer that breaks the protocol: it concerns this server, not the other endpoints.
      String endpoint = devices.get(0).endpoint();
      LOG.error("Unexpected failure at {}", endpoint, e);
      throw unexpected("could not start a session with " + endpoint, e);
    }
  }

  private void open(StreamSink sink) throws ProtocolException, InterruptedException {
    UaSession opened = parts.sessions().open();
    session = opened;
    if (closed) {
      opened.close();
      throw new InterruptedException("closed meanwhile");
    }
    opened.onLoss(
        cause -> {
          lost = true;
          failed = true;
          sink.connectionLost(cause);
        });
    registry.attempts().begin(opened.serverStart().utcTime(), opened.url());
    ValueSource source = parts.values().apply(opened);
    values = source;
    Heartbeats heartbeats = new Heartbeats(System::nanoTime);
    HistoryBackfill backfill =
        new HistoryBackfill(opened, parts.config(), sink, heartbeats, parts.epochNanos());
    MonitoredItemFactory factory = new MonitoredItemFactory(parts.config());
    Work loop;
    NodeMaintenance maintenance;
    if (parts.config().get(OpcUaSubscriptionConfig.MODE) == Mode.POLL) {
      // The maintenance is needed by the loop and the loop by the maintenance: one of them later.
      AtomicReference<NodeMaintenance> later = new AtomicReference<>();
      ValueHandler handler = handler(backfill, sink, heartbeats, () -> later.get().typesChanged());
      PollLoop poll = new PollLoop(opened, handler, parts.epochNanos());
      maintenance = maintenance(opened, poll, source, factory, sink);
      later.set(maintenance);
      maintenance.monitorAgain(begin(maintenance), AWAY);
      loop = poll::run;
    } else {
      SubscriptionService service = new SubscriptionService(opened, parts.config(), registry);
      SubscriptionSet subscriptions =
          new SubscriptionSet(
              opened,
              parts.config(),
              service,
              factory,
              heartbeats,
              (state, status, remedy) ->
                  rejectedNodes.refused(state, status, remedy, parts.epochNanos().getAsLong()));
      farewell = () -> service.leave(subscriptions.all());
      maintenance = maintenance(opened, subscriptions, source, factory, sink);
      List<EventMonitor> events = source.events(maintenance);
      List<NodeState> states = begin(maintenance);
      if (service.canResume()) {
        states.removeAll(
            new SubscriptionTransfer(opened, factory, registry, subscriptions, events)
                .run(List.copyOf(states)));
      }
      maintenance.monitorAgain(states, AWAY);
      subscriptions.monitor(events);
      events.forEach(monitor -> monitor.trouble().ifPresent(maintenance::degraded));
      ValueHandler handler = handler(backfill, sink, heartbeats, maintenance::typesChanged);
      NotificationHandler messages =
          new NotificationHandler(
              opened, handler, factory, events, registry::giveUp, parts.epochNanos());
      loop = publishLoop(opened, service, subscriptions, messages, backfill, maintenance)::run;
    }
    launch(sink, loop, backfill::run, maintenance::run);
  }

  private PublishLoop publishLoop(
      UaSession opened,
      SubscriptionService service,
      SubscriptionSet subscriptions,
      NotificationHandler messages,
      HistoryBackfill backfill,
      NodeMaintenance maintenance)
      throws ProtocolException, InterruptedException {
    NodeId token = opened.await(opened.services().getSessionAsync()).getAuthenticationToken();
    return new PublishLoop(
        opened,
        token,
        subscriptions,
        registry,
        messages,
        new DataLossHandler(opened, service, messages),
        new TransferProgress(opened, service, registry),
        maintenance::monitorLater,
        backfill::hasBuffered,
        parts.config());
  }

  private static ValueHandler handler(
      HistoryBackfill backfill, StreamSink sink, Heartbeats heartbeats, Runnable typesChanged) {
    return new ValueHandler(backfill, new EventBatch(sink), heartbeats, typesChanged);
  }

  private NodeMaintenance maintenance(
      UaSession opened,
      NodeMonitor monitor,
      ValueSource source,
      MonitoredItemFactory factory,
      StreamSink sink) {
    return new NodeMaintenance(
        parts, devices, registry, opened, monitor, source, factory, rejectedNodes, sink);
  }

  /** The nodes of the session, as they are before any value of it. */
  private List<NodeState> begin(NodeMaintenance maintenance)
      throws ProtocolException, InterruptedException {
    List<NodeState> states = new ArrayList<>(maintenance.select());
    parts.requireHistory(states);
    states.forEach(NodeState::startSession);
    historyBeforeStart(states);
    return states;
  }

  /** Nodes that are read for the first time, and whose history is wanted. */
  private void historyBeforeStart(List<NodeState> states) {
    parts
        .config()
        .get(OpcUaResumeConfig.HISTORY_START)
        .ifPresent(
            back -> {
              long from = ValueInstant.fromNanos(parts.epochNanos().getAsLong() - back.toNanos());
              for (NodeState state : states) {
                if (!state.hasOffset() && state.node().historyReadable()) {
                  state.startAt(from);
                }
              }
            });
  }

  /** What a thread does until the connection is over. */
  private interface Work {
    void run() throws ProtocolException, InterruptedException;
  }

  private synchronized void launch(StreamSink sink, Work... works) throws InterruptedException {
    if (closed) {
      throw new InterruptedException("closed meanwhile");
    }
    ThreadFactory factory = Threads.factory(threadName + "opcua-");
    for (Work work : works) {
      Thread thread = factory.newThread(() -> work(sink, work));
      threads.add(thread);
      thread.start();
    }
  }

  private void work(StreamSink sink, Work work) {
    try {
      work.run();
    } catch (ProtocolException e) {
      failed(e);
      sink.connectionLost(e);
    } catch (InterruptedException e) {
      LOG.debug("{} ends", Thread.currentThread().getName());
    } catch (RuntimeException | Error e) {
      failed = true;
      LOG.error("Unexpected failure in {}", Thread.currentThread().getName(), e);
      sink.connectionLost(unexpected("unexpected failure at " + devices.get(0).endpoint(), e));
    }
  }

  private void failed(ProtocolException cause) {
    failed = true;
    // Without a cause it is the connector that gives the session up, and the server answers.
    if (cause.getCause() != null && ServiceStatus.endsConnection(ServiceStatus.of(cause))) {
      lost = true;
    }
  }

  private static ProtocolException unexpected(String what, Throwable cause) {
    return new ProtocolException(
        Kind.TRANSIENT,
        Scope.CONNECTION,
        "INTERNAL_ERROR",
        what + ": " + cause + "; please report it with the worker's log",
        cause);
  }

  @Override
  public void close() {
    List<Thread> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(threads);
      threads.clear();
    }
    running.forEach(Thread::interrupt);
    UaSession current = session;
    if (current != null) {
      if (!lost) {
        if (!failed) {
          registry.attempts().closed();
        }
        farewell.run();
      }
      current.close();
    }
    ValueSource source = values;
    if (source != null) {
      source.close();
    }
    join(running);
  }

  /** So that no thread of this session touches the nodes when the next one begins. */
  private static void join(List<Thread> running) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
    try {
      for (Thread thread : running) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
