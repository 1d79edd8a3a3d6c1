// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Backoff;
import io.connectot.core.sink.SinkDriver;
import io.connectot.core.sink.TaskName;
import io.connectot.core.sink.WriteDispatcher;
import io.connectot.core.sink.WriteMapper;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.connection.ConnectionListener;
import io.connectot.mqtt.connection.MqttConnection;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import io.connectot.mqtt.sink.mapping.OutboundMessageMapper;
import io.connectot.mqtt.sink.publish.PublishSession;
import io.connectot.mqtt.sink.publish.Remedies;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.TransportFactory;
import java.time.Duration;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes to the brokers of a configuration. */
final class MqttSinkDriver implements SinkDriver<OutboundMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSinkDriver.class);

  private final MqttSinkConfig config;
  private final BiFunction<MqttSinkConfig, String, TransportFactory> transports;
  private final OutboundMessageMapper mapper;

  /** Null before {@link #connect}. */
  private MqttConnection connection;

  MqttSinkDriver(
      MqttSinkConfig config, BiFunction<MqttSinkConfig, String, TransportFactory> transports) {
    this.config = config;
    this.transports = transports;
    this.mapper = new OutboundMessageMapper(config.keys());
  }

  @Override
  public Configuration config() {
    return config.keys();
  }

  @Override
  public String target() {
    return "broker";
  }

  @Override
  public WriteMapper<OutboundMessage> mapper() {
    return mapper;
  }

  @Override
  public String refusal(OutboundMessage message, String reason) {
    return "the broker refused it with "
        + reason
        + " on topic '"
        + message.topic()
        + "'; "
        + Remedies.of(reason);
  }

  @Override
  public void connect(TaskName task, Backoff backoff, WriteDispatcher<OutboundMessage> dispatcher) {
    String clientId = config.clientId(task.connector(), task.index());
    connection =
        new MqttConnection(
            task.threads() + "-connection",
            config.mqtt().brokers(),
            transports.apply(config, clientId),
            () -> config.mqtt().will(),
            backoff,
            new Listener(dispatcher));
    connection.start();
    LOG.info("Publishing as client {}", clientId);
  }

  @Override
  public void disconnect(Duration timeout) throws InterruptedException {
    if (connection != null) {
      connection.disconnect(timeout);
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
    }
  }

  /** Passes the connections on to the dispatcher. */
  private record Listener(WriteDispatcher<OutboundMessage> dispatcher)
      implements ConnectionListener {
    @Override
    public void connected(MqttTransport transport, ConnectResult result) {
      dispatcher.connected(new PublishSession(transport));
    }

    @Override
    public void messageArrived(InboundMessage message) {
      // A sink subscribes to nothing; another client subscribed with this session.
    }

    @Override
    public void disconnected(ProtocolException cause) {
      dispatcher.disconnected(cause);
    }

    @Override
    public void failed(ProtocolException cause) {
      dispatcher.failed(cause);
    }
  }
}
