// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.MqttSourceConnector;
import io.connectot.mqtt.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MqttDiscoveryTest {
  private static TestBroker broker;
  private final MqttDiscovery discovery = new MqttDiscovery();

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start();
    MqttClient client = new MqttClient(url(), "plant", new MemoryPersistence());
    try {
      client.connect();
      // A broker sends retained messages at once.
      publish(client, "acme/press1/state", "{\"temp\": 21.5, \"on\": true}");
      publish(client, "acme/press2/state", "{\"temp\": 47.0, \"on\": false}");
      publish(client, "acme/press1/speed", "1450");
      publish(client, "acme/<b>markup/name", "<script>hacked=1</script>");
      client.publish("acme/camera/image", new byte[] {(byte) 0xFF, 0, 1}, 1, true);
      client.disconnect();
    } finally {
      client.close();
    }
  }

  private static void publish(MqttClient client, String topic, String text) throws Exception {
    client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, true);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static String url() {
    return "tcp://localhost:" + broker.port();
  }

  private List<Candidate> find(String filter) throws Exception {
    DiscoveryRun run = new DiscoveryRun(100);
    discovery.discover(
        new DiscoveryRequest(
            "topics", url(), Map.of(), "", Map.of("filter", filter, "seconds", "1")),
        run);
    return run.findings().stream().map(Candidate.class::cast).toList();
  }

  private static Candidate at(List<Candidate> found, String topic) {
    return found.stream()
        .filter(candidate -> candidate.readings().get(0).address().equals(topic))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isFoundByTheConsole() {
    assertThat(ServiceLoader.load(Discovery.class)).hasAtLeastOneElementOfType(MqttDiscovery.class);
    assertThat(discovery.connectorClass()).isEqualTo(MqttSourceConnector.class.getName());
  }

  @Test
  void showsTopicsWithTheirPayloadsAndAProposal() throws Exception {
    List<Candidate> found = find("acme/#");
    TagReading state = at(found, "acme/press1/state").readings().get(0);
    assertThat(state.line()).isEqualTo("acme/press1/state format=object");
    assertThat(state.value()).isEqualTo("{\"temp\": 21.5, \"on\": true}");
    assertThat(at(found, "acme/press1/speed").readings())
        .extracting(TagReading::label)
        .startsWith("measurement")
        .contains("string");
    TagReading image = at(found, "acme/camera/image").readings().get(0);
    assertThat(image.label()).isEqualTo("bytes");
    assertThat(image.value()).isEqualTo("ff0001");
    assertThat(at(found, "acme/<b>markup/name").readings().get(0).value())
        .isEqualTo("<script>hacked=1</script>");
    assertThat(at(found, "acme/<b>markup/name").name()).isEqualTo("acme_<b>markup_name");
  }

  @Test
  void proposesOneFilterForTopicsThatDifferInALevel() throws Exception {
    Candidate both = at(find("acme/+/state"), "acme/+/state");
    assertThat(both.readings().get(0).line()).isEqualTo("acme/+/state format=object");
    assertThat(both.readings().get(0).value()).isEqualTo("2 topics");
  }

  @Test
  void everyProposalIsAcceptedByTheConnector() throws Exception {
    for (Candidate candidate : find("acme/#")) {
      for (TagReading reading : candidate.readings()) {
        Map<String, String> config = new HashMap<>();
        config.put("connector.class", discovery.connectorClass());
        config.put("name", "found");
        config.put("topic", "found");
        config.put(discovery.addressKey(), url());
        config.put("validate.connection", "false");
        config.put(candidate.keyPrefix() + candidate.name(), reading.line());
        assertThat(new MqttSourceConnector().validate(config).configValues())
            .as(reading.line())
            .allMatch(value -> value.errorMessages().isEmpty());
      }
    }
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> find("acme/#/x")).isInstanceOf(LineException.class);
    assertThatThrownBy(
            () ->
                discovery.discover(
                    new DiscoveryRequest("topics", "tcp://localhost:1", Map.of(), "", Map.of()),
                    new DiscoveryRun(1)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("localhost:1");
  }
}
