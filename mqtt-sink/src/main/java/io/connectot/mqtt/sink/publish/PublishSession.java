// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.core.connection.Clock;
import io.connectot.core.connection.loop.ConnectionEnd;
import io.connectot.core.sink.WriteResult;
import io.connectot.core.sink.WriteResult.Outcome;
import io.connectot.core.sink.WriteSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.connection.BrokerList;
import io.connectot.mqtt.connection.TakeOverPolicy;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.mqtt.transport.TransportFactory;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes over one connection, to the first broker that accepts it. The window is the broker's
 * receive maximum.
 */
public final class PublishSession implements WriteSession<OutboundMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(PublishSession.class);
  private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(1);

  private final Client client;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Written by the thread that connects; null before the first attempt. */
  private volatile MqttTransport transport;

  /**
   * What the sessions of a task have in common.
   *
   * @param brokers used by the thread that connects
   * @param wills called before every attempt
   */
  public record Client(
      BrokerList brokers,
      TransportFactory transports,
      Supplier<Optional<Will>> wills,
      TakeOverPolicy takeOvers,
      Clock clock) {}

  public PublishSession(Client client) {
    this.client = client;
  }

  @Override
  public void open(ConnectionEnd end) throws ProtocolException, InterruptedException {
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
      Listener listener = new Listener();
      try {
        boolean sessionPresent = attempt.connect(listener).sessionPresent();
        LOG.info("Connected to {}, session present: {}", broker, sessionPresent);
        brokers.succeeded();
        listener.connected(end);
        return;
      } catch (ProtocolException e) {
        attempt.close();
        failure = listener.loss().orElse(e);
        LOG.debug("No connection to {}", broker, e);
      }
    } while (failure.kind() != Kind.FATAL && !brokers.failed());
    throw failure;
  }

  @Override
  public boolean write(OutboundMessage message, Consumer<WriteResult> callback) {
    return transport.publish(message, result -> callback.accept(writeResult(result)));
  }

  private static WriteResult writeResult(PublishResult result) {
    Outcome outcome =
        switch (result.outcome()) {
          case DONE -> Outcome.DONE;
          case RETRY -> Outcome.RETRY;
          case REFUSED -> Outcome.REFUSED;
        };
    return new WriteResult(outcome, result.reason());
  }

  @Override
  public boolean awaitWindow(Duration timeout) throws InterruptedException {
    return transport.awaitWindow(timeout);
  }

  @Override
  public int inFlight() {
    return transport.inFlight();
  }

  /** The broker publishes no will. */
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
    /** Null while connecting. Guarded by this, as the others. */
    private ConnectionEnd end;

    private long connectedTick;

    /** Null until the connection is lost. */
    private ProtocolException loss;

    synchronized void connected(ConnectionEnd newEnd) {
      end = newEnd;
      connectedTick = client.clock().tick();
      loss().ifPresent(end::lost);
    }

    synchronized Optional<ProtocolException> loss() {
      return Optional.ofNullable(loss);
    }

    @Override
    public void messageArrived(InboundMessage message) {
      // A sink subscribes to nothing; another client subscribed with this session.
    }

    @Override
    public synchronized void connectionLost(ConnectionLoss cause) {
      loss =
          client.takeOvers().cause(cause, end == null ? 0 : client.clock().tick() - connectedTick);
      if (end != null) {
        end.lost(loss);
      }
    }
  }
}
