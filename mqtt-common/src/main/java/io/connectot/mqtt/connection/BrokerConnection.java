// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.TransportFactory;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to connect to any of several brokers, and the connection. Thread-safe. */
public final class BrokerConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);
  private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(1);

  private final Client client;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Written by the thread that connects; null before the first attempt. */
  private volatile MqttTransport transport;

  /**
   * What the connections of a client have in common.
   *
   * @param brokers used by the thread that connects
   * @param wills called before every attempt, because a will may contain the time
   */
  public record Client(
      BrokerList brokers,
      TransportFactory transports,
      Supplier<Optional<Will>> wills,
      TakeOverPolicy takeOvers,
      Clock clock) {}

  public BrokerConnection(Client client) {
    this.client = client;
  }

  /**
   * Tries each broker once, beginning with the last one that accepted. Called once.
   *
   * @param messages receives the messages; told of no loss
   * @param onLoss told of the loss of the connection, once, on any thread
   * @throws ProtocolException of the last broker, if none accepts
   */
  public ConnectResult connect(TransportListener messages, Consumer<ProtocolException> onLoss)
      throws ProtocolException, InterruptedException {
    BrokerList brokers = client.brokers();
    ProtocolException failure;
    do {
      BrokerAddress broker = brokers.current();
      MqttTransport attempt = client.transports().newTransport(broker, client.wills().get());
      transport = attempt;
      if (closed.get()) {
        attempt.close();
        throw new InterruptedException("closed");
      }
      Listener listener = new Listener(messages);
      try {
        ConnectResult result = attempt.connect(listener);
        LOG.info("Connected to {}, session present: {}", broker, result.sessionPresent());
        brokers.succeeded();
        listener.connected(onLoss);
        return result;
      } catch (ProtocolException e) {
        attempt.close();
        failure = listener.loss().orElse(e);
        LOG.debug("No connection to {}", broker, e);
      }
    } while (failure.kind() != Kind.FATAL && !brokers.failed());
    throw failure;
  }

  /** The present attempt or connection; null before {@link #connect}. */
  public MqttTransport transport() {
    return transport;
  }

  /**
   * Disconnects within one second, so that the broker publishes no will, and closes. Idempotent.
   */
  @Override
  public void close() {
    MqttTransport current = transport;
    if (closed.getAndSet(true) || current == null) {
      return;
    }
    try {
      current.disconnect(DISCONNECT_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reports the loss of the connection once it is established. */
  private final class Listener implements TransportListener {
    private final TransportListener messages;

    /** Null while connecting. Guarded by this, as the others. */
    private Consumer<ProtocolException> onLoss;

    private long connectedTick;

    /** Null until the connection is lost. */
    private ProtocolException loss;

    Listener(TransportListener messages) {
      this.messages = messages;
    }

    synchronized void connected(Consumer<ProtocolException> newOnLoss) {
      onLoss = newOnLoss;
      connectedTick = client.clock().tick();
      loss().ifPresent(onLoss);
    }

    synchronized Optional<ProtocolException> loss() {
      return Optional.ofNullable(loss);
    }

    @Override
    public void messageArrived(InboundMessage message) {
      messages.messageArrived(message);
    }

    @Override
    public void caughtUp() {
      messages.caughtUp();
    }

    @Override
    public synchronized void connectionLost(ConnectionLoss cause) {
      long nanos = onLoss == null ? 0 : client.clock().tick() - connectedTick;
      loss = client.takeOvers().cause(cause, nanos);
      if (onLoss != null) {
        onLoss.accept(loss);
      }
    }
  }
}
