// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.opcua.testing.PlantServer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void refusesATopicOfEventsThatHasOtherRecords() {
    assertThat(errors("opcua.events.topic", "plant"))
        .containsOnlyKeys("opcua.events.topic")
        .allSatisfy(
            (key, messages) ->
                assertThat(messages.get(0)).contains("topic makes too", "one schema"));
    assertThat(errors("opcua.events.topic", "news.${device}", "gap.topic", "news_plant"))
        .containsOnlyKeys("opcua.events.topic")
        .allSatisfy(
            (key, messages) -> assertThat(messages.get(0)).contains("gap.topic", "'.' and '_'"));
    assertThat(errors("opcua.events.topic", "events of ${device}"))
        .containsOnlyKeys("opcua.events.topic");
  }

  @ParameterizedTest
  @CsvSource({
    "opcua.sampling.interval, opcua.sampling.interval.ms",
    "opcua.sampling.intervall, opcua.sampling.interval.ms",
    "opcua.username, opcua.auth.username",
    "opcua.keepalive, opcua.keepalive.ms",
  })
  void suggestsTheKeyThatWasMeant(String key, String meant) {
    assertThat(errors(key, "1"))
        .containsOnlyKeys(key)
        .allSatisfy(
            (unused, messages) ->
                assertThat(messages.get(0)).endsWith("unknown key, did you mean " + meant + "?"));
  }

  @Test
  void doesNotListEveryKeyOfTheConnector() {
    assertThat(errors("opcua.foo", "1").get("opcua.foo").get(0))
        .contains("unknown key; valid keys are opcua.", " more")
        .doesNotContain("did you mean")
        .hasSizeLessThan(500);
  }

  /** No connection is tried: the name of the server does not exist. */
  @ParameterizedTest
  @CsvSource({
    "opcua.auth.username, joe, opcua.auth.username, opcua.auth.type=username",
    "opcua.auth.type, username, opcua.auth.username, needs a user name",
    "opcua.auth.type, x509, opcua.auth.cert.file, needs a user certificate",
    "opcua.auth.cert.key.file, /nowhere/key.pem, opcua.auth.cert.file, is missing",
    "opcua.security.policy, none, opcua.security.policy, opcua.security.allow.none=true",
    "opcua.client.cert.key.file, /nowhere/key.pem, opcua.client.cert.file, is missing",
    "opcua.auth.password, secret, opcua.auth.password, opcua.auth.type=username",
    "opcua.auth.cert.file, /nowhere/c.pem, opcua.auth.cert.file, opcua.auth.type=x509",
  })
  void checksTheKeysOfUserAndSecurityWithoutAConnection(
      String key, String value, String guilty, String says) {
    assertThat(errors(key, value, "validate.connection", "true"))
        .containsOnlyKeys(guilty)
        .allSatisfy(
            (unused, messages) ->
                assertThat(messages.get(0)).contains(says).doesNotContain("bug", "secret"));
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "poll.interval.ms | 500 | opcua.sampling.interval.ms and opcua.publishing.interval.ms",
        "poll.threads | 4 | remove it",
        "tags.level | i=2258 interval=250ms | write sampling=250ms instead"
      })
  void refusesWhatHasNoEffectOnSubscriptions(String key, String value, String message) {
    assertThat(errors("report", "changes", key, value))
        .containsOnlyKeys(key)
        .allSatisfy((name, messages) -> assertThat(messages.get(0)).contains(message));
  }

  @Test
  void takesHeartbeatsOfSubscriptions() {
    assertThat(
            errors(
                "report", "changes", "heartbeat.ms", "60000", "tags.level", "i=2258 heartbeat=1m"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "opcua.publishing.interval.ms | 500 | poll.interval.ms",
        "opcua.sampling.interval.ms | 250 | poll.interval.ms",
        "opcua.queue.size | 100 | remove it",
        "opcua.discard.oldest | false | remove it",
        "opcua.trigger | status | remove it",
        "opcua.deadband | 0.5 | report=changes and deadband",
        "tags.level | i=2258 sampling=250ms | write interval instead",
        "tags.level | i=2258 queue=10 | queue has no effect with opcua.mode=poll",
        "tags.level | i=2258 discard=newest | discard has no effect",
        "tags.level | i=2258 trigger=status | trigger has no effect",
        "tags.level | i=2258 deadband=0.5 | report=changes and deadband"
      })
  void refusesWhatHasNoEffectOnPolling(String key, String value, String message) {
    assertThat(errors("opcua.mode", "poll", key, value))
        .containsOnlyKeys(key)
        .allSatisfy((name, messages) -> assertThat(messages.get(0)).contains(message));
  }

  @Test
  void takesWhatPollsAndHasHeartbeats() {
    assertThat(
            errors(
                "opcua.mode", "poll",
                "poll.interval.ms", "500",
                "report", "changes",
                "deadband", "0.5",
                "heartbeat.ms", "60000",
                "tags.level", "i=2258 interval=250ms heartbeat=1m skip.first=true"))
        .isEmpty();
    // Forms send every key, with its default where nothing was written.
    assertThat(errors("opcua.mode", "poll", "opcua.queue.size", "auto")).isEmpty();
  }

  @Test
  void readsTheTagsOfAServer() {
    try (PlantServer plant = PlantServer.start()) {
      String[] config = {
        "devices.plant", plant.url(),
        "validate.connection", "true",
        "opcua.pki.dir", directory.toString(),
        "opcua.trust.auto.accept", "true",
        "tags.temperature", PlantServer.address("Press1.Temperature"),
        "tags.gone", PlantServer.address("Press1.Gone"),
        "validate.tags", "false"
      };
      assertThat(errors(config)).isEmpty();
      config[config.length - 1] = "true";
      assertThat(errors(config))
          .containsOnlyKeys("tags.gone")
          .allSatisfy(
              (key, messages) ->
                  assertThat(messages.get(0))
                      .contains("cannot be read from device 'plant'", "Bad_NodeIdUnknown"));
      await().untilAsserted(() -> assertThat(plant.sessions()).isZero());
    }
  }

  @Test
  void takesRowsOfWhatIsPolled() {
    assertThat(
            errors(
                "opcua.mode", "poll",
                "record.layout", "row",
                "poll.threads", "4",
                "tags.temperature", "nsu=urn:plant;s=Temp type=float64 interval=250ms"))
        .isEmpty();
    assertThat(exactlyOnce("opcua.mode", "poll", "record.layout", "row"))
        .isEqualTo(ExactlyOnceSupport.SUPPORTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "opcua.mode | subscribe | record.layout | set opcua.mode=poll",
        "tags.temperature | i=2258 | tags.temperature | needs a type with record.layout=row",
        "tags.temperature | i=2258 string skip.first=true | tags.temperature | skip.first has no"
            + " effect",
        "opcua.browse.roots | i=85 | opcua.browse.roots | write a line tags.<name>",
        "opcua.resume.mode | off | opcua.resume.mode | has no effect with record.layout=row",
        "opcua.history.mode | required | opcua.history.mode | has no effect with record.layout=row"
      })
  void refusesWhatARowCannotHave(String key, String value, String guilty, String message) {
    assertThat(
            errors(
                "opcua.mode",
                "poll",
                "record.layout",
                "row",
                "tags.temperature",
                "nsu=urn:plant;s=Temp type=float64",
                key,
                value))
        .containsOnlyKeys(guilty)
        .allSatisfy((name, messages) -> assertThat(messages.get(0)).contains(message));
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

  @Test
  void readsNoHistoryBeforeTheLastValueSoThatOrderIsKept() {
    assertThat(errors("opcua.history.overlap.ms", "1000"))
        .containsOnlyKeys("opcua.history.overlap.ms");
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
