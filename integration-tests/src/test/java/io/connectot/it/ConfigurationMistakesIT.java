// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static io.connectot.it.fixture.Mistake.blaming;
import static io.connectot.it.fixture.Mistake.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.it.fixture.Mistake;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.quickstart.embedded.ConnectRest;
import io.connectot.quickstart.embedded.Ports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Configuration errors and the messages that report them. */
@ExtendWith(SharedSite.class)
class ConfigurationMistakesIT {
  private static final String TAG = "tags.temperature";
  private static final String DEVICE = "devices.press1";

  /** The valid configuration in which the errors are made. */
  private static final Map<String, String> GOOD =
      Map.of(
          "connector.class",
          "io.connectot.modbus.ModbusSourceConnector",
          "name",
          "mistakes",
          "topic",
          "plant.${device}",
          DEVICE,
          "tcp://127.0.0.1:1502?unit=1",
          TAG,
          "holding:100 float32 order=CDAB",
          "validate.connection",
          "false");

  static Stream<Mistake> mistakes() {
    return Stream.of(
        one("no topic", "topic", "", "topic"),
        one("unknown variable in the topic", "topic", "plant.${devize}", "devize"),
        one("tag in a status topic", "status.topic", "s.${tag}", "tag"),
        blaming("no device", Map.of(DEVICE, ""), "devices.file", "devices.<name>"),
        blaming("no tag", Map.of(TAG, ""), "tags.file", "tags.<name>"),
        one("device without scheme", DEVICE, "10.0.0.5:502", "tcp://"),
        one("device with a foreign scheme", DEVICE, "http://10.0.0.5", "http", "tcp"),
        one("port out of range", DEVICE, "tcp://10.0.0.5:99999", "99999"),
        one("unit out of range", DEVICE, "tcp://10.0.0.5?unit=300", "unit", "300"),
        one("misspelt device option", DEVICE, "tcp://10.0.0.5?unti=1", "unti"),
        one("misspelt type", TAG, "holding:100 flaot32", "flaot32", "float32"),
        one("misspelt table", TAG, "hoding:100", "hoding", "holding"),
        one("address out of range", TAG, "holding:70000", "70000", "65535"),
        one("no address", TAG, "temperature", "holding:100"),
        one("misspelt tag option", TAG, "holding:100 sacle=0.1", "sacle"),
        one("unknown order", TAG, "holding:100 float32 order=XYZW", "XYZW", "CDAB"),
        one("order of another width", TAG, "holding:100 float32 order=ABCDEFGH", "ABCDEFGH", "32"),
        one("bit out of range", TAG, "holding:7.17", "15"),
        one("text without length", TAG, "holding:100 string", "length="),
        one("scale of nothing", TAG, "holding:100 scale=0", "scale"),
        one("number in a coil", TAG, "coil:1 float32", "coil", "bool"),
        one("interval without sense", TAG, "holding:100 interval=soon", "soon", "5s"),
        one("deadband without sense", TAG, "holding:100 deadband=-1 report=changes", "deadband"),
        one("tag twice", "tags.temperature/inner", "holding:1", "/"),
        one("interval of nothing", "poll.interval.ms", "0", "1"),
        one("interval in words", "poll.interval.ms", "often", "often"),
        one("unknown layout", "record.layout", "rows", "row", "measurement"),
        one("unknown key", "record.key", "name", "device", "path"),
        one("unknown report", "report", "change", "changes"),
        one("deadband while all is reported", "deadband", "5%", "report=changes"),
        one("no buffer", "buffer.max.records", "0", "1"),
        blaming(
            "pauses the wrong way round",
            Map.of("reconnect.backoff.ms", "5000", "reconnect.backoff.max.ms", "100"),
            "reconnect.backoff.max.ms",
            "reconnect.backoff.ms"),
        one("empty level", "uns.path", "acme//press-shop", "empty level"),
        one("tag list that is not there", "tags.file", "/nonexistent/tags.csv", "/nonexistent"),
        one("device list that is not there", "devices.file", "/nonexistent/d.csv", "/nonexistent"),
        one("timeout of nothing", "modbus.request.timeout.ms", "0", "1"),
        blaming(
            "device that does not answer",
            Map.of(
                DEVICE,
                "tcp://127.0.0.1:" + Ports.free() + "?unit=1",
                "validate.connection",
                "true"),
            DEVICE,
            "127.0.0.1"));
  }

  private final Site site;

  ConfigurationMistakesIT(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void blamesTheKeyAndSaysWhatToDo(Mistake mistake) {
    mistake.check(site, GOOD);
  }

  /** docs/performance.md#converters: two classes have this short name. */
  @Test
  void convertersOfTheSameShortNameAreFoundByTheirFullNames() {
    for (String name :
        List.of(
            "io.connectot.converters.JsonConverter",
            "org.apache.kafka.connect.json.JsonConverter")) {
      assertThat(errors("value.converter", name)).as(name).isEmpty();
    }
    assertThat(errors("header.converter", "io.connectot.converters.HeaderConverter")).isEmpty();
    assertThat(errors("value.converter", "JsonConverter")).containsKey("value.converter");
  }

  private Map<String, List<String>> errors(String key, String value) {
    Map<String, String> config = new HashMap<>(GOOD);
    config.put(key, value);
    return site.rest().validate(config).errors();
  }

  @Test
  void findsNothingWrongWithTheConfigurationThatTheMistakesAreMadeIn() {
    assertThat(site.rest().validate(GOOD).errors()).isEmpty();
  }

  @Test
  void tellsOfSeveralMistakesAtOnce() {
    Map<String, List<String>> errors =
        site.rest()
            .validate(
                with(
                    Map.of(
                        DEVICE, "10.0.0.5", TAG, "holding:100 flaot32", "record.layout", "rows")))
            .errors();

    assertThat(errors).containsOnlyKeys(DEVICE, TAG, "record.layout");
  }

  @Test
  void neverShowsAPassword() {
    Map<String, String> config = with(Map.of(DEVICE, "tcp://user:geheim@10.0.0.5:99999"));

    ConnectRest.Response response = site.rest().put("mistakes", config);

    assertThat(response.code()).isEqualTo(400);
    assertThat(response.message()).doesNotContain("geheim");
  }

  private static Map<String, String> with(Map<String, String> change) {
    return blaming("several", change, DEVICE).in(GOOD);
  }
}
