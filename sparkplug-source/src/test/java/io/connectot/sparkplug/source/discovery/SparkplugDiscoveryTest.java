// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Quality;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.Finding.Included;
import io.connectot.mqtt.testing.TestBroker;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.sparkplug.SparkplugSourceConnector;
import io.connectot.sparkplug.codec.PayloadEncoder;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertyValue;
import io.connectot.sparkplug.testing.SimulatedEdge;
import io.connectot.sparkplug.topic.EdgeId;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SparkplugDiscoveryTest {
  private final SparkplugDiscovery discovery = new SparkplugDiscovery();
  private final DiscoveryRun run = new DiscoveryRun(100);
  private final SeenEdges edges = new SeenEdges(run);

  private void receive(String topic, byte[] payload) {
    edges.add(new InboundMessage(1, topic, payload, 0, false, false, 0, MessageProperties.NONE));
  }

  private static byte[] birth(Metric... metrics) {
    return PayloadEncoder.encode(Payload.of(1000L, 0L, List.of(metrics)));
  }

  private Included included(String name) {
    return run.findings().stream()
        .filter(Included.class::isInstance)
        .map(Included.class::cast)
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isFoundByTheConsole() {
    assertThat(ServiceLoader.load(Discovery.class))
        .hasAtLeastOneElementOfType(SparkplugDiscovery.class);
    assertThat(discovery.connectorClass()).isEqualTo(SparkplugSourceConnector.class.getName());
  }

  @Test
  void showsGroupsEdgeNodesDevicesAndTheMetricsOfBirths() {
    Metric temperature =
        Metric.of("line/<b>temp", DataType.DOUBLE, new MetricValue.DoubleValue(21.5))
            .withProperties(
                new PropertySet(
                    Map.of(
                        "engUnit",
                        new PropertyValue(DataType.STRING, new MetricValue.TextValue("°C")))));
    receive("spBv1.0/plant/NBIRTH/edge1", birth());
    receive("spBv1.0/plant/DBIRTH/edge1/press", birth(temperature));
    receive("spBv1.0/plant/DDATA/edge1/press", birth(temperature));
    receive("spBv1.0/STATE/scada", new byte[0]);
    receive("spBv1.0/plant/NCMD/edge1", birth());

    Candidate group = (Candidate) run.findings().get(0);
    assertThat(group.keyPrefix()).isEqualTo("sparkplug.groups");
    assertThat(group.readings().get(0).line()).isEqualTo("plant");
    Included metric = included("plant/edge1/press/line/<b>temp");
    assertThat(metric.reading().value()).isEqualTo("21.5");
    assertThat(metric.unit()).isEqualTo("°C");
    assertThat(metric.reading().type()).isEqualTo("float64");
    assertThat(run.findings())
        .extracting(finding -> finding instanceof Included one ? one.name() : "")
        .contains("plant/edge1", "plant/edge1/press");
    assertThat(run.findings()).as("what was said once").hasSize(4);
  }

  @Test
  void aBirthThatCannotBeReadIsShownAsBad() {
    receive("spBv1.0/plant/NBIRTH/edge1", new byte[] {(byte) 0xFF, (byte) 0xFF});
    assertThat(included("plant/edge1/birth").reading().quality()).isEqualTo(Quality.BAD);
  }

  /** Nothing is published, so that no edge node has to be born again. */
  @Test
  void onlyListens() throws Exception {
    try (TestBroker broker = TestBroker.start();
        SimulatedEdge edge =
            new SimulatedEdge(
                SimulatedEdge.local(broker.port()), EdgeId.ofNode("plant", "edge1"), 2, null)) {
      edge.connect();
      discovery.discover(
          new DiscoveryRequest(
              "groups", "tcp://127.0.0.1:" + broker.port(), Map.of(), "", Map.of("seconds", "1")),
          run);
      assertThat(edge.rebirths()).isZero();
      assertThat(run.findings()).noneMatch(Finding.Node.class::isInstance);
    }
  }
}
