// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import static io.connectot.core.config.validation.Configs.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigProvidersTest {
  @ParameterizedTest
  @CsvSource({
    "fake.user.password, ${secrets:plant/opc:password}",
    "fake.port, ${secrets:port}",
    "topic, plant.${secrets:a:b}",
    "poll.interval.ms, ${secrets:/etc/x.properties:interval}",
    "devices.press1, fake://${secrets:press:host}:502",
    "tags.temperature, reg:1 unit=${secrets:a:b}",
    "tags.file, ${secrets:a:b}",
    "value.converter.basic.auth.user.info, ${secrets:registry:user}",
    "producer.override.sasl.jaas.config, ${secrets:jaas}",
  })
  void aValueThatNoProviderReplacedIsAnErrorOfItsKey(String key, String value) {
    Map<String, String> props = with(key, value);
    if (key.equals("fake.user.password")) {
      props.put("fake.user", "joe");
    }

    Map<String, List<String>> errors = Configs.errors(props);

    assertThat(errors).containsOnlyKeys(key);
    assertThat(errors.get(key)).hasSize(1);
    assertThat(errors.get(key).get(0))
        .contains(
            key + ":",
            "there is no config provider 'secrets' on this worker",
            "add it to config.providers");
  }

  @ParameterizedTest
  @CsvSource({
    "topic, plant.${device}",
    "transforms.a.format, ${field:name}",
    "description, ${/id:-0} of ${/name,/label:-none}",
    "description, ${topic[1]:-x}",
    "description, 'costs $5: {much}'",
  })
  void otherTextsAreNotMeantForAProvider(String key, String value) {
    assertThat(Configs.errors(with(key, value))).isEmpty();
  }

  @Test
  void theOtherMistakesAreFoundToo() {
    assertThat(
            Configs.errors(
                with("fake.port", "${env:PORT}", "tags.temperature", "x", "uns.path", "a//b")))
        .containsOnlyKeys("fake.port", "tags.temperature", "uns.path");
  }
}
