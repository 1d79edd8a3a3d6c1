// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.ConnectionState.Event;
import io.connectot.core.connection.Threads;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.transport.BrokerErrors;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.ReasonCode;
import io.connectot.mqtt.transport.TransportFactory;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stays connected to one of several brokers: a thread of its own connects, waits for the loss, and
 * connects again, with growing pauses once every broker refused. Thread-safe.
 */
public final class MqttConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);

  /** A connection that held so long counts as good; the pauses begin anew. */
  private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The longest that a farewell may take when this side wants another connection. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /** So often in a row the session may be taken over before this client gives in. */
  private static final int MOST_TAKE_OVERS = 3;

  private final BrokerList brokers;
  private final TransportFactory transports;
  private final Supplier<Optional<Will>> wills;
  private final Backoff backoff;
  private final ConnectionListener listener;
  private final LongSupplier ticker;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Written by the connection's thread. */
  private volatile ConnectionState state = ConnectionState.CONNECTING;

  /** Written by the connection's thread; null before the first attempt. */
  private volatile MqttTransport transport;

  /** Written by the connection's thread; null before the first attempt. */
  private volatile Messages connecting;

  private final AtomicLong connects = new AtomicLong();
  private final AtomicLong takeOvers = new AtomicLong();

  /** Take-overs with no good connection between them. Owned by the connection's thread. */
  private int takeOversInARow;

  /**
   * @param name of the thread
   * @param wills asked before each attempt, for a will may carry the time
   * @param backoff for this connection alone
   */
  public MqttConnection(
      String name,
      List<BrokerAddress> brokers,
      TransportFactory transports,
      Supplier<Optional<Will>> wills,
      Backoff backoff,
      ConnectionListener listener) {
    this(name, brokers, transports, wills, backoff, listener, System::nanoTime);
  }

  /**
   * @param ticker nanoseconds from an arbitrary origin
   */
  MqttConnection(
      String name,
      List<BrokerAddress> brokers,
      TransportFactory transports,
      Supplier<Optional<Will>> wills,
      Backoff backoff,
      ConnectionListener listener,
      LongSupplier ticker) {
    this.brokers = new BrokerList(brokers);
    this.transports = transports;
    this.wills = wills;
    this.backoff = backoff;
    this.listener = listener;
    this.ticker = ticker;
    this.thread = Threads.factory(name + " ").newThread(this::run);
  }

  /** Begins to connect, and returns. To be called once. */
  public void start() {
    thread.start();
  }

  /** Where the connection stands. */
  public ConnectionState state() {
    return state;
  }

  /** How often a broker consented. */
  public long connects() {
    return connects.get();
  }

  /** How often another client of the same id took the session. */
  public long takeOvers() {
    return takeOvers.get();
  }

  private void run() {
    try {
      while (!isClosed()) {
        listener.awaitReady();
        Attempt attempt = connectAndWait();
        if (isClosed()) {
          return;
        }
        state = state.after(Event.FAILED);
        listener.disconnected(attempt.cause());
        pause(attempt);
        state = state.after(Event.RETRY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (GivenUpException e) {
      LOG.error("{}", e.cause.getMessage());
      listener.failed(e.cause);
    } catch (RuntimeException | Error e) {
      LOG.error("The connection ends by a failure in this process", e);
      listener.failed(BrokerErrors.broken(brokers.current(), e));
    } finally {
      state = state.after(Event.STOP);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /**
   * How an attempt ended.
   *
   * @param connected whether it began with the broker's consent
   * @param dropped whether this side wanted it to end
   */
  private record Attempt(
      ProtocolException cause, boolean connected, boolean takenOver, boolean dropped, long nanos) {}

  private Attempt connectAndWait() throws InterruptedException {
    BrokerAddress broker = brokers.current();
    Messages messages = new Messages();
    long begin = ticker.getAsLong();
    boolean connected = false;
    try (MqttTransport current = transports.newTransport(broker, wills.get())) {
      transport = current;
      connecting = messages;
      if (isClosed()) {
        throw new InterruptedException("closed");
      }
      ConnectResult result = current.connect(messages);
      connected = true;
      connects.incrementAndGet();
      brokers.succeeded();
      listener.connected(current, result);
      state = state.after(Event.CONNECTED);
      LOG.info("Connected to {}, session present: {}", broker, result.sessionPresent());
      ConnectionLoss loss = messages.losses.take();
      if (messages.dropped) {
        current.disconnect(FAREWELL);
      }
      return new Attempt(
          loss.cause(), true, loss.takenOver(), messages.dropped, ticker.getAsLong() - begin);
    } catch (ProtocolException e) {
      ConnectionLoss loss = messages.losses.poll();
      boolean takenOver = loss != null && loss.takenOver();
      return new Attempt(e, connected, takenOver, messages.dropped, ticker.getAsLong() - begin);
    }
  }

  private void pause(Attempt attempt) throws InterruptedException, GivenUpException {
    if (attempt.cause().kind() == Kind.FATAL) {
      throw new GivenUpException(attempt.cause());
    }
    if (attempt.dropped()) {
      return;
    }
    if (attempt.connected() && attempt.nanos() >= STABLE_NANOS) {
      backoff.reset();
      takeOversInARow = 0;
    }
    if (attempt.takenOver()) {
      takeOvers.incrementAndGet();
      takeOversInARow++;
      if (takeOversInARow >= MOST_TAKE_OVERS) {
        throw new GivenUpException(
            new ProtocolException(
                Kind.FATAL,
                ProtocolException.Scope.CONNECTION,
                ReasonCode.SESSION_TAKEN_OVER.status(),
                brokers.current()
                    + ": another client with the same client id takes the session again and again;"
                    + " give each its own mqtt.client.id",
                attempt.cause()));
      }
      sleep(backoff.longestNanos());
    } else if (attempt.connected()) {
      sleep(backoff.nextNanos());
    } else if (brokers.failed()) {
      sleep(
          attempt.cause().kind() == Kind.CONFIGURATION
              ? backoff.longestNanos()
              : backoff.nextNanos());
    }
  }

  private void sleep(long nanos) throws InterruptedException {
    if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("closed");
    }
  }

  /**
   * Ends the present connection, with a farewell, and connects again without a pause, as soon as
   * {@link ConnectionListener#awaitReady} allows. Does not block. Nothing happens when there is no
   * connection.
   *
   * @param cause what the listener is told
   */
  public void drop(ProtocolException cause) {
    Messages current = connecting;
    if (current != null) {
      current.dropped = true;
      current.losses.offer(new ConnectionLoss(cause, false));
    }
  }

  /** Says farewell to the broker if there is one, waiting up to {@code timeout}, and closes. */
  public void disconnect(Duration timeout) throws InterruptedException {
    closed.countDown();
    try {
      MqttTransport current = transport;
      if (current != null) {
        current.disconnect(timeout);
      }
    } finally {
      close();
    }
  }

  /** Ends the connection without a farewell. Returns at once. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
    MqttTransport current = transport;
    if (current != null) {
      current.close();
    }
    thread.interrupt();
  }

  /** Hands messages on, and keeps the loss for the connection's thread. */
  private final class Messages implements TransportListener {
    private final BlockingQueue<ConnectionLoss> losses = new ArrayBlockingQueue<>(1);

    /** Written by whoever wants the connection to end. */
    private volatile boolean dropped;

    @Override
    public void messageArrived(InboundMessage message) {
      listener.messageArrived(message);
    }

    @Override
    public void caughtUp() {
      listener.caughtUp();
    }

    @Override
    public void connectionLost(ConnectionLoss loss) {
      losses.offer(loss);
    }
  }

  /** Connecting again is pointless. */
  private static final class GivenUpException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ProtocolException cause;

    GivenUpException(ProtocolException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
