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
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.ResumeSettings.Resume;
import io.connectot.opcua.config.SubscriptionSettings.Mode;
import io.connectot.opcua.resume.ValueInstant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a server. The runtime's thread makes it; then one thread handles what the
 * server publishes, or reads, one fills holes, and one takes care of nodes that are refused or
 * change.
 */
public final class ServerSession implements StreamingSession {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);
  private static final String AWAY = "the connection was lost, or the task was not running";
  private static final long JOIN_MILLIS = 500;

  private final SessionParts parts;
  private final List<Device<OpcUaDevice>> devices;
  private final NodeRegistry registry;
  private final String threadName;
  private final AckLedger ledger = new AckLedger();
  private final BadNodes badNodes;

  /** Guarded by this. */
  private final List<Thread> threads = new ArrayList<>();

  /** Both null before the start. */
  private volatile UaSession session;

  private volatile ValueSource values;

  private volatile boolean closed;

  /**
   * @param devices the devices behind the endpoint
   * @param registry what is known from earlier sessions
   * @param threadName what the names of its threads begin with
   */
  public ServerSession(
      SessionParts parts,
      List<Device<OpcUaDevice>> devices,
      NodeRegistry registry,
      String threadName) {
    this.parts = parts;
    this.devices = List.copyOf(devices);
    this.registry = registry;
    this.threadName = threadName;
    this.badNodes = new BadNodes(parts.subscription(), System::nanoTime);
  }

  @Override
  public void start(StreamSink sink) throws ProtocolException {
    try {
      open(sink);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProtocolException(
          Kind.TRANSIENT, Scope.CONNECTION, "STOPPED", "the task is being stopped", e);
    }
  }

  private void open(StreamSink sink) throws ProtocolException, InterruptedException {
    UaSession opened = parts.sessions().open();
    session = opened;
    if (closed) {
      opened.close();
      throw new InterruptedException("closed meanwhile");
    }
    opened.onLoss(sink::connectionLost);
    ValueSource source = parts.values().apply(opened);
    values = source;
    HoleFiller filler = new HoleFiller(opened, parts.resume(), ledger, sink, parts.epochNanos());
    ItemFactory factory = new ItemFactory(parts.subscription());
    Work loop;
    NodeCare care;
    if (parts.subscription().mode() == Mode.POLL) {
      // The care is needed by the loop and the loop by the care: one of them later.
      AtomicReference<NodeCare> later = new AtomicReference<>();
      ValueHandler handler = handler(filler, sink, () -> later.get().typesChanged());
      PollLoop poll = new PollLoop(opened, handler, ledger, parts.epochNanos());
      care = care(opened, poll, source, factory, sink);
      later.set(care);
      care.monitorAnew(begin(care), AWAY);
      loop = poll::run;
    } else {
      SubscriptionSet subscriptions =
          new SubscriptionSet(
              opened,
              parts.subscription(),
              factory,
              registry,
              (state, status) -> badNodes.refused(state, status, parts.epochNanos().getAsLong()));
      care = care(opened, subscriptions, source, factory, sink);
      List<EventMonitor> events = source.events(care);
      List<NodeState> states = begin(care);
      if (parts.resume().resume() == Resume.TRANSFER_THEN_HISTORY) {
        states.removeAll(
            new TakeOver(opened, parts.subscription(), factory, registry, subscriptions, events)
                .run(List.copyOf(states)));
      }
      care.monitorAnew(states, AWAY);
      subscriptions.monitor(events);
      events.forEach(monitor -> monitor.trouble().ifPresent(care::degraded));
      ValueHandler handler = handler(filler, sink, care::typesChanged);
      MessageHandler messages =
          new MessageHandler(opened, handler, factory, events, ledger, parts.epochNanos());
      loop = publishLoop(opened, subscriptions, messages, filler)::run;
    }
    launch(sink, loop, filler::run, care::run);
  }

  private PublishLoop publishLoop(
      UaSession opened, SubscriptionSet subscriptions, MessageHandler messages, HoleFiller filler)
      throws ProtocolException, InterruptedException {
    NodeId token = opened.await(opened.services().getSessionAsync()).getAuthenticationToken();
    return new PublishLoop(
        opened,
        token,
        subscriptions,
        registry,
        messages,
        new LostMessages(opened),
        ledger,
        filler::holdsBack,
        parts.subscription());
  }

  private ValueHandler handler(HoleFiller filler, StreamSink sink, Runnable typesChanged) {
    return new ValueHandler(filler, ledger, new Outflow(sink, ledger), typesChanged);
  }

  private NodeCare care(
      UaSession opened,
      NodeMonitor monitor,
      ValueSource source,
      ItemFactory factory,
      StreamSink sink) {
    return new NodeCare(parts, devices, registry, opened, monitor, source, factory, badNodes, sink);
  }

  /** The nodes of the session, as they are before any value of it. */
  private List<NodeState> begin(NodeCare care) throws ProtocolException, InterruptedException {
    List<NodeState> states = new ArrayList<>(care.select());
    parts.requireHistory(states);
    states.forEach(NodeState::begin);
    historyBeforeStart(states);
    return states;
  }

  /** Nodes that are read for the first time, and whose history is wanted. */
  private void historyBeforeStart(List<NodeState> states) {
    parts
        .resume()
        .historyStart()
        .ifPresent(
            back -> {
              long from = ValueInstant.fromNanos(parts.epochNanos().getAsLong() - back.toNanos());
              for (NodeState state : states) {
                if (!state.known() && state.node().historyReadable()) {
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
      sink.connectionLost(e);
    } catch (InterruptedException e) {
      LOG.debug("{} ends", Thread.currentThread().getName());
    } catch (RuntimeException | Error e) {
      LOG.error("Unexpected failure in {}", Thread.currentThread().getName(), e);
      sink.connectionLost(
          new ProtocolException(
              Kind.TRANSIENT,
              Scope.CONNECTION,
              "INTERNAL_ERROR",
              "unexpected failure: " + e + "; please report it with the worker's log",
              e));
    }
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
