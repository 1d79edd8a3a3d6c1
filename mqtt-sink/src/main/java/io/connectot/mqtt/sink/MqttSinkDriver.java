// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.sink.SinkContext;
import io.connectot.core.sink.SinkDriver;
import io.connectot.core.sink.WriteMapper;
import io.connectot.mqtt.connection.BrokerConnection;
import io.connectot.mqtt.connection.BrokerList;
import io.connectot.mqtt.connection.TakeOverPolicy;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import io.connectot.mqtt.sink.mapping.OutboundMessageMapper;
import io.connectot.mqtt.sink.publish.PublishSession;
import io.connectot.mqtt.sink.publish.Remedies;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.TransportFactory;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes to the brokers of a configuration. */
final class MqttSinkDriver implements SinkDriver<OutboundMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSinkDriver.class);

  private final MqttSinkConfig config;
  private final BiFunction<MqttSinkConfig, String, TransportFactory> transports;
  private final OutboundMessageMapper mapper;

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
  public Supplier<PublishSession> sessions(SinkContext context) {
    String clientId = config.clientId(context.connector(), context.task());
    BrokerConnection.Client client =
        new BrokerConnection.Client(
            new BrokerList(config.mqtt().brokers()),
            transports.apply(config, clientId),
            () -> config.mqtt().will(),
            new TakeOverPolicy(clientId),
            context.clock());
    LOG.info("Publishing as client {}", clientId);
    return () -> new PublishSession(new BrokerConnection(client));
  }
}
