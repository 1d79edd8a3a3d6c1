// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.discovery;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.DiscoveryMethod;
import io.connectot.core.spi.discovery.DiscoveryMethod.Parameter;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.connection.BrokerDiscovery;
import io.connectot.mqtt.connection.MessageWatch;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.subscription.TopicFilter;
import java.util.Map;

/** Shows the topics that messages come on, with a proposal how to read each. */
public final class MqttDiscovery extends BrokerDiscovery {
  private static final int SECONDS = 10;

  /** The console makes one instance. */
  public MqttDiscovery() {
    // There is no state.
  }

  @Override
  public String title() {
    return "MQTT";
  }

  @Override
  public String connectorClass() {
    return "io.connectot.mqtt.MqttSourceConnector";
  }

  @Override
  protected DiscoveryMethod method() {
    return DiscoveryMethod.of(
        "topics", "Topics", Parameter.of("filter", "Topic filter", "#"), secondsParameter(SECONDS));
  }

  @Override
  protected void listen(DiscoveryRequest request, Map<String, String> props, DiscoveryRun run)
      throws LineException, ProtocolException, InterruptedException {
    String filter = TopicFilter.parse(request.text("filter", "#")).text();
    props.keySet().removeIf(key -> key.startsWith("subscriptions"));
    MessageWatch watch = MessageWatch.of(MqttSourceConfig.definition(), props);
    SeenTopics topics = new SeenTopics(new Proposals(props), run);
    watch.run(filter, seconds(request, SECONDS), run, topics::add);
    topics.addCommonFilters();
  }
}
