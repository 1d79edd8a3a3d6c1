// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.discovery;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.DiscoveryMethod;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.connection.BrokerDiscovery;
import io.connectot.mqtt.connection.MessageWatch;
import io.connectot.sparkplug.source.HostConfig;
import io.connectot.sparkplug.source.SparkplugSourceConfig;
import io.connectot.sparkplug.topic.SparkplugTopic;
import java.util.Map;

/**
 * Shows groups, edge nodes, devices and the metrics of births. Asks for no births: that is a
 * command to an edge node.
 */
public final class SparkplugDiscovery extends BrokerDiscovery {
  private static final int SECONDS = 20;

  /** The console makes one instance. */
  public SparkplugDiscovery() {
    // There is no state.
  }

  @Override
  public String title() {
    return "Sparkplug B";
  }

  @Override
  public String connectorClass() {
    return "io.connectot.sparkplug.SparkplugSourceConnector";
  }

  @Override
  protected DiscoveryMethod method() {
    return DiscoveryMethod.of("groups", "Groups and births", secondsParameter(SECONDS));
  }

  @Override
  protected void listen(DiscoveryRequest request, Map<String, String> props, DiscoveryRun run)
      throws LineException, ProtocolException, InterruptedException {
    // Required of a connector, and not used here.
    props.putIfAbsent(HostConfig.HOST_ID.name(), "discovery");
    props.putIfAbsent(HostConfig.GROUPS.name(), "discovery");
    MessageWatch watch = MessageWatch.of(SparkplugSourceConfig.definition(), props);
    watch.run(
        SparkplugTopic.NAMESPACE + "/#", seconds(request, SECONDS), run, new SeenEdges(run)::add);
  }
}
