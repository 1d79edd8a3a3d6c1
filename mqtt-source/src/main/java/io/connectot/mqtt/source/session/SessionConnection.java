// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.connection.Threads;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.source.mapping.PoisonMessageException;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of an {@link MqttSession} to one of the brokers. Thread-safe. */
final class SessionConnection implements StreamingSession {
  private static final Logger LOG = LoggerFactory.getLogger(SessionConnection.class);
  private static final String REQUEST_TIMEOUT = "REQUEST_TIMEOUT";
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(1);
  private static final long FIRST_STEP_MILLIS = 500;
  private static final long LONGEST_STEP_MILLIS = TimeUnit.SECONDS.toMillis(15);

  private final MqttSession session;
  private final SessionMigration migration;
  private final Thread processing;
  private final Thread migrating;
  private final AtomicBoolean over = new AtomicBoolean();

  /** Null before {@link #awaitReady}. */
  private volatile StreamSink sink;

  /** Whether the runtime can be told that the connection is lost. */
  private volatile boolean started;

  /** Null before the first connect attempt. Written by the connecting thread. */
  private volatile MqttTransport transport;

  private volatile boolean closed;

  /** How the connection ended; null before. */
  private volatile ProtocolException loss;

  /** When the broker accepted the connection, by the ticker. Written by the connecting thread. */
  private volatile long connectedTick;

  /** Whether the refusals of this connection are reported. Owned by the connecting thread. */
  private boolean refusalsReported;

  /**
   * @param threadName prefix of the names of its threads
   */
  SessionConnection(MqttSession session, SessionMigration migration, String threadName) {
    this.session = session;
    this.migration = migration;
    this.processing = Threads.factory(threadName + "mapping-").newThread(this::process);
    this.migrating = Threads.factory(threadName + "migration-").newThread(this::migrate);
  }

  @Override
  public void awaitReady(StreamSink newSink) throws ProtocolException, InterruptedException {
    sink = newSink;
    session.begin(this);
    // Messages of an earlier connection may wait for room; the window is not free before.
    processing.start();
    session.awaitHalfFree();
  }

  @Override
  public void start(StreamSink newSink) throws ProtocolException, InterruptedException {
    started = true;
    session.throwFailure();
    try {
      ConnectResult result = connect();
      session.connected(this, result);
    } catch (ProtocolException e) {
      ProtocolException known = loss;
      // A failed request says more than the loss that caused it, unless that means a take-over.
      throw known == null || known == e.getCause() ? e : known;
    }
    if (!migration.isDone()) {
      migrating.start();
    }
  }

  /** Tries each broker once. */
  private ConnectResult connect() throws ProtocolException, InterruptedException {
    while (true) {
      BrokerAddress broker = session.brokers().current();
      MqttTransport candidate = session.transports().newTransport(broker, session.will());
      transport = candidate;
      if (closed) {
        candidate.close();
        throw new InterruptedException("closed");
      }
      try {
        ConnectResult result = candidate.connect(new Listener());
        connectedTick = session.clock().tick();
        session.brokers().succeeded();
        LOG.info(
            "{} is connected to {}, session present: {}",
            session.clientId(),
            broker,
            result.sessionPresent());
        return result;
      } catch (ProtocolException e) {
        if (loss != null || session.brokers().failed()) {
          throw e;
        }
        LOG.warn("{}; the next broker is tried", e.getMessage());
      }
    }
  }

  /**
   * Subscribes. The response follows messages that are not read while too many wait for Kafka, so a
   * timeout does not count then.
   */
  SubscribeRequests.Outcome subscribe(boolean again)
      throws ProtocolException, InterruptedException {
    InFlightWindow window = session.window();
    while (true) {
      long pauses = window.pauses();
      try {
        return SubscribeRequests.subscribe(transport, session.subscriptions(), again);
      } catch (ProtocolException e) {
        boolean held = window.isPaused() || window.pauses() != pauses;
        if (!held || over.get() || !REQUEST_TIMEOUT.equals(e.status())) {
          throw e;
        }
        LOG.debug("{} subscribes again", session.clientId());
      }
    }
  }

  /** Unsubscribes; blocks until the broker responds. */
  void unsubscribe(List<String> filters) throws ProtocolException, InterruptedException {
    transport.unsubscribe(filters);
    session.state().left(filters);
  }

  @Override
  public void tick() {
    session.backpressure().check(this);
    if (!over.get()) {
      session.state().seen(session.nowMillis());
      if (!refusalsReported) {
        refusalsReported = true;
        session.reportRefusals();
      }
    }
  }

  @Override
  public SourcePosition position() {
    return session.state().position();
  }

  private void process() {
    try {
      session.processor().run(sink);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (PoisonMessageException e) {
      migration.owner().fail(failure("POISON_MESSAGE", e.getMessage(), e));
    } catch (RuntimeException | Error e) {
      session.fail(failure("INTERNAL_ERROR", "processing messages failed: " + e, e));
    }
  }

  private static ProtocolException failure(String status, String message, Throwable cause) {
    return new ProtocolException(Kind.FATAL, Scope.CONNECTION, status, message, cause);
  }

  private void migrate() {
    long pause = FIRST_STEP_MILLIS;
    try {
      while (!migration.step(this)) {
        TimeUnit.MILLISECONDS.sleep(pause);
        pause = Math.min(LONGEST_STEP_MILLIS, pause * 2);
      }
      if (session.isFormer()) {
        sink.finished();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      session.fail(failure("INTERNAL_ERROR", "migrating the session failed: " + e, e));
    }
  }

  /** Marks the connection as over: later acknowledgements are stale. True the first time. */
  boolean end() {
    return over.compareAndSet(false, true);
  }

  boolean isOver() {
    return over.get();
  }

  /** The connection is lost. */
  void lost(ProtocolException cause) {
    end();
    loss = cause;
    if (started) {
      sink.connectionLost(cause);
    }
  }

  /** Ends the connection to relieve the in-flight window; the next one waits for the window. */
  void drop(ProtocolException cause) {
    loss = cause;
    sink.drop(cause);
  }

  /** Sends DISCONNECT; the runtime is not told. */
  void disconnect() throws InterruptedException {
    end();
    transport.disconnect(FAREWELL);
  }

  /** Pauses or resumes reading. */
  void reading(boolean on) {
    transport.reading(on);
  }

  /** Kafka has a message and all before it. */
  void acknowledge(InFlightMessage message) {
    if (over.get()) {
      stale(message);
      return;
    }
    transport.acknowledge(message.message());
    session.acknowledged(message);
  }

  /** Kafka has a message, but this connection is over or the message was redelivered. */
  void stale(InFlightMessage message) {
    session.stale(message);
  }

  @Override
  public void close() {
    closed = true;
    end();
    migrating.interrupt();
    processing.interrupt();
    MqttTransport last = transport;
    try {
      if (last != null) {
        last.disconnect(FAREWELL);
      }
      processing.join(END_MILLIS);
      migrating.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (last != null) {
        last.close();
      }
    }
  }

  /** Called by Paho's threads. */
  private final class Listener implements TransportListener {
    @Override
    public void messageArrived(InboundMessage message) {
      if (!over.get()) {
        session.arrived(message, SessionConnection.this);
      }
    }

    @Override
    public void caughtUp() {
      session.queue().messagesPut();
    }

    @Override
    public void connectionLost(ConnectionLoss lost) {
      if (lost.takenOver()) {
        session.metrics().add(TaskMetric.TAKE_OVERS, 1);
      }
      lost(session.takeOvers().cause(lost, session.clock().tick() - connectedTick));
    }
  }
}
