// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink;

import io.connectot.core.sink.SinkContext;
import io.connectot.core.sink.SinkDriver;
import io.connectot.core.sink.SinkProtocol;
import io.connectot.core.sink.publish.ResultTopic;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import io.connectot.mqtt.sink.config.MqttSinkValidator;
import io.connectot.mqtt.sink.publish.Publication;
import io.connectot.mqtt.transport.TransportFactory;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;

/** MQTT as the target of a sink: one message for a record. */
public final class MqttSinkProtocol implements SinkProtocol<Publication> {
  private final Peers peers;

  /** What a task connects to. */
  public interface Peers {
    /** The transports of a client. */
    TransportFactory transports(MqttSinkConfig config, String clientId);

    /** The result topic; empty without one. */
    Optional<ResultTopic> results(MqttSinkConfig config, SinkContext context);
  }

  /** Publishes to real brokers. */
  public MqttSinkProtocol() {
    this(new RealPeers());
  }

  /** For tests. */
  public MqttSinkProtocol(Peers peers) {
    this.peers = peers;
  }

  private static final class RealPeers implements Peers {
    @Override
    public TransportFactory transports(MqttSinkConfig config, String clientId) {
      return new PahoTransportFactory(config.mqtt().settings(clientId), config.mqtt().tls());
    }

    @Override
    public Optional<ResultTopic> results(MqttSinkConfig config, SinkContext context) {
      return ResultTopic.open(config.keys(), MqttSinkConfig.PROTOCOL, context);
    }
  }

  @Override
  public ConfigDef definition() {
    return MqttSinkConfig.definition();
  }

  @Override
  public Config validate(Map<String, String> props) {
    return MqttSinkValidator.validate(props);
  }

  @Override
  public SinkDriver<Publication> bind(Map<String, String> props) {
    return new MqttSinkDriver(MqttSinkConfig.of(props), peers);
  }
}
