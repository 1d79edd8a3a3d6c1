// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.config.validation.FakeProtocol;
import io.connectot.core.tls.TlsConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What user interfaces and the documentation need of every key. */
class DefinitionTest {
  private static final ConfigDef DEFINITION =
      TlsConfig.addTo(SourceConfig.definition(new FakeProtocol()));

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
  }

  @ParameterizedTest
  @MethodSource("keys")
  void saysItsUnit(ConfigKey key) {
    if (key.name.endsWith(".ms")) {
      assertThat(key.documentation).contains("millisecond");
      assertThat(key.displayName).endsWith("(ms)");
    } else if (key.name.endsWith(".bytes")) {
      assertThat(key.documentation).contains("bytes");
    } else {
      assertThat(key.displayName).doesNotContain("(ms)");
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void saysWhatIsAllowed(ConfigKey key) {
    if (key.validator != null) {
      assertThat(key.validator.toString()).isNotBlank().doesNotContain("@").doesNotContain("$$");
    }
    if (key.type == ConfigDef.Type.INT || key.type == ConfigDef.Type.LONG) {
      assertThat(key.validator).isNotNull();
    }
  }

  @Test
  void keepsSecrets() {
    List<ConfigKey> secrets =
        DEFINITION.configKeys().values().stream()
            .filter(key -> key.name.matches(".*(password|secret|token|keystore\\.key)"))
            .toList();

    assertThat(secrets)
        .hasSizeGreaterThan(3)
        .allSatisfy(key -> assertThat(key.type).isEqualTo(ConfigDef.Type.PASSWORD));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void hasADefaultThatWorks(ConfigKey key) {
    if (key.hasDefault() && key.validator != null) {
      key.validator.ensureValid(key.name, key.defaultValue);
    }
    assertThat(key.hasDefault()).isEqualTo(!key.name.equals(MappingConfig.TOPIC.name()));
  }

  @Test
  void numbersTheKeysOfAGroupWithoutGaps() {
    Map<String, List<Integer>> orders =
        DEFINITION.configKeys().values().stream()
            .collect(
                Collectors.groupingBy(
                    key -> key.group,
                    Collectors.mapping(key -> key.orderInGroup, Collectors.toList())));

    assertThat(orders)
        .allSatisfy(
            (group, numbers) -> {
              assertThat(numbers).doesNotHaveDuplicates();
              assertThat(numbers).allSatisfy(n -> assertThat(n).isBetween(1, numbers.size()));
            });
  }

  @ParameterizedTest
  @MethodSource("keys")
  void knowsItsDependents(ConfigKey key) {
    assertThat(DEFINITION.names()).containsAll(key.dependents);
  }

  @ParameterizedTest
  @CsvSource({"record.layout,row", "record.key,path", "report,changes"})
  void recommendsTheValuesOfEnums(String key, String value) {
    assertThat(validate(Map.of("topic", "t")).get(key).recommendedValues()).contains(value);
  }

  @ParameterizedTest
  @CsvSource({"deadband", "heartbeat.ms"})
  void hidesWhatHasNoEffect(String key) {
    assertThat(validate(Map.of("topic", "t")).get(key).visible()).isFalse();
    assertThat(validate(Map.of("topic", "t", "report", "Changes")).get(key).visible()).isTrue();
  }

  private static Map<String, ConfigValue> validate(Map<String, String> props) {
    Map<String, ConfigValue> values = new HashMap<>();
    DEFINITION.validate(props).forEach(value -> values.put(value.name(), value));
    return values;
  }
}
