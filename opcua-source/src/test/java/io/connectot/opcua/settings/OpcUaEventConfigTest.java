// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.Configuration;
import io.connectot.opcua.address.NodeAddress.ById;
import io.connectot.opcua.config.OpcUaValueConfig;
import io.connectot.opcua.config.ValueSettings;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.config.ValueSettings.MatrixMode;
import io.connectot.opcua.config.ValueSettings.TimestampSource;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class OpcUaEventConfigTest {
  @Test
  void asksForNoEventsByDefault() {
    Configuration settings = events(Map.of());
    assertThat(settings.get(OpcUaEventConfig.TOPIC)).isEmpty();
    assertThat(events(Map.of("opcua.events.topic", "e")).get(OpcUaEventConfig.TOMBSTONES)).isTrue();
    assertThat(settings.get(OpcUaEventConfig.NOTIFIERS))
        .extracting(node -> ((ById) node).identifier())
        .containsExactly("i=2253");
    assertThat(settings.get(OpcUaEventConfig.TYPES)).isEmpty();
    assertThat(settings.get(OpcUaEventConfig.FIELDS)).isEmpty();
  }

  @Test
  void readsListsAndNamesOfTheStandard() {
    Configuration settings =
        events(
            Map.of(
                "opcua.events.topic",
                "events.${device}",
                "opcua.events.types",
                "AlarmConditionType, i=2041",
                "opcua.events.fields",
                "LimitState/CurrentState, nsu=urn:plant;BatchId",
                "opcua.events.severity.min",
                "500"));
    assertThat(settings.get(OpcUaEventConfig.TOPIC)).contains("events.${device}");
    assertThat(settings.get(OpcUaEventConfig.TYPES))
        .extracting(node -> ((ById) node).identifier())
        .containsExactly("i=2915", "i=2041");
    assertThat(settings.get(OpcUaEventConfig.FIELDS))
        .containsExactly("LimitState/CurrentState", "nsu=urn:plant;BatchId");
    assertThat(settings.get(OpcUaEventConfig.SEVERITY_MIN)).isEqualTo(500);
  }

  @Test
  void refusesATopicWithAnUnknownVariable() {
    assertThatThrownBy(() -> events(Map.of("opcua.events.topic", "events.${tag}")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("opcua.events.topic")
        .hasMessageContaining("unknown variable ${tag}");
    assertThatThrownBy(() -> events(Map.of("opcua.events.severity.min", "0")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be from 1 to 1000");
  }

  @Test
  void saysHowValuesBecomeRecords() {
    ValueSettings settings =
        OpcUaValueConfig.settings(
            Configuration.parse(
                OpcUaValueConfig.KEYS.definition(),
                Map.of("opcua.enum.mode", "label", "opcua.matrix.mode", "flat")));
    assertThat(settings)
        .isEqualTo(
            new ValueSettings(
                EnumMode.LABEL, MatrixMode.FLAT, TimestampSource.SOURCE, Duration.ofSeconds(5)));
  }

  private static Configuration events(Map<String, String> props) {
    return Configuration.parse(OpcUaEventConfig.KEYS.definition(), props);
  }
}
