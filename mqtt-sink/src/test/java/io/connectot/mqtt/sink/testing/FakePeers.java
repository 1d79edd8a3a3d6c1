// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.testing;

import io.connectot.core.config.common.CommandConfig;
import io.connectot.core.contract.PublishedResults;
import io.connectot.core.mapping.event.CommandResultMapper;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.sink.SinkContext;
import io.connectot.core.sink.publish.ResultTopic;
import io.connectot.mqtt.sink.MqttSinkProtocol;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import io.connectot.mqtt.transport.TransportFactory;
import java.util.Optional;

/** Connects to a broker of the test, and keeps results in memory. */
public class FakePeers implements MqttSinkProtocol.Peers {
  private final TransportFactory broker;
  private final PublishedResults results;

  public FakePeers(TransportFactory broker, PublishedResults results) {
    this.broker = broker;
    this.results = results;
  }

  @Override
  public TransportFactory transports(MqttSinkConfig config, String clientId) {
    return broker;
  }

  @Override
  public Optional<ResultTopic> results(MqttSinkConfig config, SinkContext context) {
    return config
        .keys()
        .get(CommandConfig.RESULT_TOPIC)
        .map(
            topic ->
                new ResultTopic(
                    results,
                    new CommandResultMapper(
                        new RecordOrigin("", "mqtt", context.connector()), topic)));
  }
}
