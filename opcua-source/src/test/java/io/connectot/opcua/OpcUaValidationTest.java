// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is refused before the connector is created, on the key to change. */
class OpcUaValidationTest {
  @TempDir private Path directory;

  private static Map<String, String> props(String... config) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "press-shop");
    props.put("connector.class", OpcUaSourceConnector.class.getName());
    props.put("topic", "plant");
    props.put("devices.plant", "opc.tcp://plant.example:4840/UA");
    props.put("tags.temperature", "nsu=urn:plant;s=Temp");
    props.put("validate.connection", "false");
    for (int i = 0; i < config.length; i += 2) {
      props.put(config[i], config[i + 1]);
    }
    return props;
  }

  private static Map<String, List<String>> errors(String... config) {
    Map<String, String> props = props(config);
    Map<String, List<String>> errors = new HashMap<>();
    for (ConfigValue value : new OpcUaSourceConnector().validate(props).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("publishednodes.json"), text).toString();
  }

  @Test
  void takesWhatCanWork() throws Exception {
    String nodes =
        file(
            "[{\"EndpointUrl\": \"opc.tcp://PLANT.example/UA/\", \"OpcNodes\":"
                + " [{\"Id\": \"i=2258\"}]}]");

    assertThat(errors()).isEmpty();
    assertThat(errors("opcua.nodes.file", nodes)).isEmpty();
    assertThat(errors("opcua.events.topic", "events")).isEmpty();
  }

  @Test
  void refusesALifetimeThatKeepAlivesDoNotFitInto() {
    assertThat(errors("opcua.lifetime.ms", "20000", "opcua.keepalive.ms", "10000"))
        .containsOnlyKeys("opcua.lifetime.ms")
        .allSatisfy(
            (key, messages) ->
                assertThat(messages.get(0)).contains("three times opcua.keepalive.ms=10000"));
  }

  @Test
  void refusesALongestPauseThatIsShorterThanTheFirst() {
    assertThat(errors("opcua.bad.node.retry.max.ms", "1000"))
        .containsOnlyKeys("opcua.bad.node.retry.max.ms");
  }

  @Test
  void refusesEventsWithoutSubscriptions() {
    assertThat(errors("opcua.mode", "poll", "opcua.events.topic", "events"))
        .containsOnlyKeys("opcua.events.topic");
  }

  @Test
  void refusesAFileThatCannotBeRead() throws Exception {
    assertThat(errors("opcua.nodes.file", directory.resolve("none.json").toString()))
        .containsOnlyKeys("opcua.nodes.file")
        .allSatisfy((key, messages) -> assertThat(messages.get(0)).contains("there is no file"));
    assertThat(errors("opcua.nodes.file", file("[{\"EndpointUrl\": \"\"}]")))
        .containsOnlyKeys("opcua.nodes.file")
        .allSatisfy((key, messages) -> assertThat(messages.get(0)).contains("entry 1"));
  }

  @Test
  void refusesPublishedNodesThatNobodyWouldRead() throws Exception {
    String nodes =
        file(
            "[{\"EndpointUrl\": \"opc.tcp://plant.example:4840/UA\", \"OpcNodes\":"
                + " [{\"Id\": \"i=2258\"}]}, {\"EndpointUrl\": \"opc.tcp://other:4841\","
                + " \"OpcNodes\": [{\"Id\": \"i=2258\"}]}]");

    assertThat(errors("opcua.nodes.file", nodes))
        .containsOnlyKeys("opcua.nodes.file")
        .allSatisfy(
            (key, messages) ->
                assertThat(messages.get(0))
                    .contains("opc.tcp://other:4841", "devices.<name>=<url>")
                    .doesNotContain("plant.example:4840,"));
  }

  @Test
  void supportsExactlyOnceUnlessStoredOffsetsAreNotLookedAt() {
    assertThat(exactlyOnce()).isEqualTo(ExactlyOnceSupport.SUPPORTED);
    assertThat(exactlyOnce("opcua.resume.mode", "history")).isEqualTo(ExactlyOnceSupport.SUPPORTED);
    assertThat(exactlyOnce("opcua.mode", "poll")).isEqualTo(ExactlyOnceSupport.SUPPORTED);
    assertThat(exactlyOnce("opcua.resume.mode", "off")).isEqualTo(ExactlyOnceSupport.UNSUPPORTED);
  }

  private static ExactlyOnceSupport exactlyOnce(String... config) {
    return new OpcUaSourceConnector().exactlyOnceSupport(props(config));
  }

  @Test
  void needsNoTagsForEvents() {
    Map<String, String> props =
        Map.of(
            "name", "press-shop",
            "topic", "plant",
            "devices.plant", "opc.tcp://plant.example:4840",
            "opcua.events.topic", "events",
            "validate.connection", "false");

    assertThat(
            new OpcUaSourceConnector()
                .validate(props).configValues().stream()
                    .flatMap(value -> value.errorMessages().stream()))
        .isEmpty();
  }
}
