// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink;

import io.connectot.core.sink.SinkDriver;
import io.connectot.core.sink.SinkProtocol;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import io.connectot.mqtt.sink.config.MqttSinkValidator;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.TransportFactory;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;

/** MQTT as the target of a sink: one message for a record. */
public final class MqttSinkProtocol implements SinkProtocol<OutboundMessage> {
  private final BiFunction<MqttSinkConfig, String, TransportFactory> transports;

  /** Publishes to real brokers. */
  public MqttSinkProtocol() {
    this(
        (config, clientId) ->
            new PahoTransportFactory(config.mqtt().settings(clientId), config.mqtt().tls()));
  }

  /**
   * @param transports creates the transports for a configuration and a client id
   */
  public MqttSinkProtocol(BiFunction<MqttSinkConfig, String, TransportFactory> transports) {
    this.transports = transports;
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
  public SinkDriver<OutboundMessage> bind(Map<String, String> props) {
    return new MqttSinkDriver(MqttSinkConfig.of(props), transports);
  }
}
