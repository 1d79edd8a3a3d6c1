// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.CommandConfig;
import io.connectot.core.sink.SinkContext;
import io.connectot.core.sink.SinkDriver;
import io.connectot.core.sink.WriteMapper;
import io.connectot.core.sink.publish.ResultTopic;
import io.connectot.mqtt.connection.BrokerConnection;
import io.connectot.mqtt.connection.BrokerList;
import io.connectot.mqtt.connection.TakeOverPolicy;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import io.connectot.mqtt.sink.mapping.OutboundMessageMapper;
import io.connectot.mqtt.sink.mapping.PublicationMapper;
import io.connectot.mqtt.sink.publish.Publication;
import io.connectot.mqtt.sink.publish.PublicationResults;
import io.connectot.mqtt.sink.publish.PublishSession;
import io.connectot.mqtt.sink.publish.Remedies;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes to the brokers of a configuration. */
final class MqttSinkDriver implements SinkDriver<Publication> {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSinkDriver.class);

  private final MqttSinkConfig config;
  private final MqttSinkProtocol.Peers peers;
  private final PublicationMapper mapper;

  /** Empty without a result topic, and before the first session. */
  private Optional<ResultTopic> results = Optional.empty();

  MqttSinkDriver(MqttSinkConfig config, MqttSinkProtocol.Peers peers) {
    this.config = config;
    this.peers = peers;
    this.mapper =
        new PublicationMapper(
            new OutboundMessageMapper(config.keys()),
            config.keys().get(CommandConfig.RESULT_TOPIC).isPresent());
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
  public WriteMapper<Publication> mapper() {
    return mapper;
  }

  @Override
  public String refusal(Publication publication, String reason) {
    return Remedies.refusal(publication.message().topic(), reason);
  }

  @Override
  public Supplier<PublishSession> sessions(SinkContext context) {
    String clientId = config.clientId(context.connector(), context.task());
    BrokerConnection.Client client =
        new BrokerConnection.Client(
            new BrokerList(config.mqtt().brokers()),
            peers.transports(config, clientId),
            () -> config.mqtt().will(),
            new TakeOverPolicy(clientId),
            context.clock());
    LOG.info("Publishing as client {}", clientId);
    results = peers.results(config, context);
    Optional<PublicationResults> used =
        results.map(topic -> new PublicationResults(topic, context.clock()));
    return () -> new PublishSession(new BrokerConnection(client), used);
  }

  @Override
  public Optional<Throwable> failure() {
    return results.flatMap(ResultTopic::failure);
  }

  @Override
  public void close() {
    results.ifPresent(ResultTopic::close);
  }
}
