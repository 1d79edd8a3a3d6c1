// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.SubscribeResult;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Looks at the messages of a broker for a while: with QoS 0, a clean session and a client id of its
 * own, so that it changes nothing for others. For one thread.
 */
public final class MessageWatch {
  /** Messages beyond are left out: it is a look only. */
  private static final int MAX_WAITING = 10_000;

  private final MqttConnectionConfig connection;
  private final String clientId;

  /** What came, received on Paho's thread. */
  private final LinkedBlockingQueue<InboundMessage> messages =
      new LinkedBlockingQueue<>(MAX_WAITING);

  /** Null while there is a connection. */
  private volatile ProtocolException loss;

  /**
   * Takes the connection of a configuration. Does not connect.
   *
   * @throws LineException naming a key that is wrong
   */
  public static MessageWatch of(ConfigDef definition, Map<String, String> props)
      throws LineException {
    MqttConnectionConfig connection =
        new MqttConnectionConfig(Configuration.parse(definition, props));
    for (ConfigError problem : connection.problems()) {
      throw new LineException(problem.key() + ": " + problem.message());
    }
    return new MessageWatch(connection);
  }

  private MessageWatch(MqttConnectionConfig connection) {
    this.connection = connection;
    this.clientId =
        connection.clientId().orElse("connect-ot")
            + "-discovery-"
            + UUID.randomUUID().toString().substring(0, 8);
  }

  /**
   * Hands the messages to a consumer, on the calling thread.
   *
   * @param filter a topic filter
   * @param consumer returns whether it wants more
   * @throws ProtocolException when there is no connection, or the broker refuses the subscription
   */
  public void run(
      String filter, Duration time, DiscoveryRun run, Predicate<InboundMessage> consumer)
      throws ProtocolException, InterruptedException {
    BrokerConnection.Client client =
        new BrokerConnection.Client(
            new BrokerList(connection.brokers()),
            new PahoTransportFactory(
                connection.settings(clientId).withSession(clientId, Duration.ZERO),
                connection.tls()),
            Optional::empty,
            new TakeOverPolicy(clientId),
            Clock.SYSTEM);
    try (BrokerConnection broker = new BrokerConnection(client)) {
      run.closeOnCancel(broker);
      broker.connect(new Receiver(), cause -> loss = cause);
      SubscribeResult result =
          broker.transport().subscribe(List.of(Subscription.of(filter, 0))).get(0);
      if (!result.granted()) {
        throw refused(filter, result);
      }
      receive(time, run, consumer);
    }
  }

  private void receive(Duration time, DiscoveryRun run, Predicate<InboundMessage> consumer)
      throws ProtocolException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    long count = 0;
    while (!run.isCancelled()) {
      long left = end - System.nanoTime();
      run.progress(count + " messages, " + Math.max(0, left / 1_000_000_000) + " s left");
      if (left <= 0) {
        return;
      }
      InboundMessage message =
          messages.poll(Math.min(left, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
      if (message != null) {
        count++;
        if (!consumer.test(message)) {
          return;
        }
      } else if (loss != null) {
        throw loss;
      }
    }
  }

  private ProtocolException refused(String filter, SubscribeResult result) {
    return new ProtocolException(
        Kind.CONFIGURATION,
        Scope.CONNECTION,
        result.reason(),
        connection.endpoint()
            + ": the broker refuses the subscription to "
            + filter
            + " ("
            + result.reason()
            + "); look at a part of the topics that the user may read",
        null);
  }

  /** Queues what comes. */
  private final class Receiver implements TransportListener {
    @Override
    public void messageArrived(InboundMessage message) {
      messages.offer(message);
    }

    @Override
    public void connectionLost(ConnectionLoss cause) {
      // The connection reports the cause.
    }
  }
}
