// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key has what a user interface shows. */
class DefinitionTest {
  private static final ConfigDef DEFINITION = MqttSinkConfig.definition();

  static Stream<Named<ConfigKey>> keys() {
    return DEFINITION.configKeys().values().stream().map(key -> Named.of(key.name, key));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void describesItself(ConfigKey key) {
    assertThat(key.group).isNotBlank();
    assertThat(key.orderInGroup).isPositive();
    assertThat(key.width).isNotEqualTo(ConfigDef.Width.NONE);
    assertThat(key.displayName).isNotBlank().isNotEqualTo(key.name);
    assertThat(key.documentation).hasSizeGreaterThan(15).endsWith(".");
    assertThat(DEFINITION.names()).containsAll(key.dependents);
    if (key.name.endsWith(".ms")) {
      assertThat(key.documentation).contains("millisecond");
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void hasADefaultThatWorks(ConfigKey key) {
    if (key.validator != null) {
      assertThat(key.validator.toString()).isNotBlank().doesNotContain("@").doesNotContain("$$");
      if (key.hasDefault()) {
        key.validator.ensureValid(key.name, key.defaultValue);
      }
    }
  }
}
