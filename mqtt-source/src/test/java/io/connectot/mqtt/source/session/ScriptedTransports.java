// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.ConnectResult.ServerLimits;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishCallback;
import io.connectot.mqtt.transport.SubscribeResult;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.TransportFactory;
import io.connectot.mqtt.transport.TransportListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Transports without a network: a test says what the broker does. */
final class ScriptedTransports implements TransportFactory {
  private final BlockingQueue<Connection> connected = new LinkedBlockingQueue<>();
  private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
  private final AtomicLong epochs = new AtomicLong();
  private final List<String> log = new ArrayList<>(); // guarded by itself

  /** Whether the broker knows the session at the next connect. */
  volatile boolean sessionPresent;

  /** Hosts of brokers that are away. */
  final Set<String> away = new HashSet<>();

  /** Filters that the broker refuses. */
  final Set<String> refused = new HashSet<>();

  /** With what it refuses them. */
  volatile String refusal = "0x87 NOT_AUTHORIZED";

  /** What the next SUBSCRIBE fails with; null for nothing. */
  final AtomicReference<ProtocolException> subscribeFailure = new AtomicReference<>();

  /** Whether connections can hold reading back. */
  volatile boolean pausable = true;

  @Override
  public MqttTransport newTransport(BrokerAddress broker, Optional<Will> will) {
    return new Connection(epochs.incrementAndGet(), away.contains(broker.host()));
  }

  /** The next connection that subscribed. */
  Connection next() {
    return next(connections);
  }

  /** The next connection. */
  Connection nextConnected() {
    return next(connected);
  }

  /** How many connections were made. */
  long connects() {
    return epochs.get();
  }

  private static Connection next(BlockingQueue<Connection> queue) {
    try {
      Connection connection = queue.poll(30, TimeUnit.SECONDS);
      if (connection != null) {
        return connection;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("nobody connects");
  }

  /** Whether nobody has connected since the last {@link #next}. */
  boolean nobodyElse() {
    return connections.isEmpty();
  }

  /** What clients asked for, in order. */
  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  private void log(String entry) {
    synchronized (log) {
      log.add(entry);
    }
  }

  /** One connection. */
  final class Connection implements MqttTransport {
    final List<Integer> acknowledged = new ArrayList<>(); // guarded by itself
    volatile boolean reading = true;
    volatile boolean closed;
    volatile boolean farewell;
    private final long epoch;
    private volatile TransportListener listener;

    private final boolean refuses;

    Connection(long epoch, boolean refuses) {
      this.epoch = epoch;
      this.refuses = refuses;
    }

    /** The broker sends a message. */
    void send(int packetId, boolean duplicate, String topic, String payload) {
      deliver(packetId, 1, duplicate, topic, payload);
    }

    /** The broker sends a message of QoS 2. */
    void sendExactlyOnce(int packetId, boolean duplicate, String topic, String payload) {
      deliver(packetId, 2, duplicate, topic, payload);
    }

    /** The broker sends a message of QoS 0. */
    void sendFleeting(String topic, String payload) {
      deliver(0, 0, false, topic, payload);
    }

    private void deliver(int packetId, int qos, boolean duplicate, String topic, String payload) {
      if (!closed) {
        listener.messageArrived(
            new InboundMessage(
                epoch,
                topic,
                payload.getBytes(StandardCharsets.UTF_8),
                qos,
                false,
                duplicate,
                packetId,
                MessageProperties.NONE));
        listener.caughtUp();
      }
    }

    /** The connection breaks. */
    void lose(String status, boolean takenOver) {
      closed = true;
      listener.connectionLost(
          new ConnectionLoss(
              new ProtocolException(
                  Kind.TRANSIENT, Scope.CONNECTION, status, "lost: " + status, null),
              takenOver));
    }

    List<Integer> acknowledged() {
      synchronized (acknowledged) {
        return List.copyOf(acknowledged);
      }
    }

    @Override
    public ConnectResult connect(TransportListener heard) throws ProtocolException {
      if (refuses) {
        throw new ProtocolException(
            Kind.TRANSIENT, Scope.CONNECTION, "CONNECTION_REFUSED", "nobody listens", null);
      }
      listener = heard;
      connected.add(this);
      return new ConnectResult(
          sessionPresent,
          new ServerLimits(100, 1, 1_000_000, Duration.ofSeconds(30), true, true, true, ""));
    }

    @Override
    public List<SubscribeResult> subscribe(List<Subscription> subscriptions)
        throws ProtocolException {
      ProtocolException failure = subscribeFailure.getAndSet(null);
      if (failure != null) {
        closed = true;
        listener.connectionLost(ConnectionLoss.of(failure));
        throw failure;
      }
      List<SubscribeResult> results = new ArrayList<>();
      for (Subscription subscription : subscriptions) {
        log("subscribe " + subscription.filter() + " " + subscription.retainHandling());
        boolean no = refused.contains(subscription.filter());
        results.add(
            new SubscribeResult(subscription, no ? -1 : subscription.qos(), no ? refusal : "ok"));
      }
      connections.add(this);
      return results;
    }

    @Override
    public void unsubscribe(List<String> filters) {
      filters.forEach(filter -> log("unsubscribe " + filter));
    }

    @Override
    public void acknowledge(InboundMessage message) {
      if (!closed && message.epoch() == epoch) {
        synchronized (acknowledged) {
          acknowledged.add(message.packetId());
        }
      }
    }

    @Override
    public void reading(boolean on) {
      if (pausable) {
        reading = on;
      }
    }

    @Override
    public boolean publish(OutboundMessage message, PublishCallback callback) {
      return false;
    }

    @Override
    public boolean awaitWindow(Duration timeout) {
      return false;
    }

    @Override
    public int inFlight() {
      return 0;
    }

    @Override
    public void disconnect(Duration timeout) {
      farewell |= !closed;
      closed = true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
