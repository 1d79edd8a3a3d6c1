// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.opcua.address.NodeAddress.ById;
import io.connectot.opcua.config.OpcUaValueConfig;
import io.connectot.opcua.config.ValueSettings;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.config.ValueSettings.MatrixMode;
import io.connectot.opcua.config.ValueSettings.TimestampSource;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class OpcUaEventConfigTest {
  @Test
  void asksForNoEventsByDefault() {
    EventSettings settings = events(Map.of());
    assertThat(settings.topic()).isEmpty();
    assertThat(settings.tombstones()).isTrue();
    assertThat(settings.notifiers())
        .extracting(node -> ((ById) node).identifier())
        .containsExactly("i=2253");
    assertThat(settings.types()).isEmpty();
    assertThat(settings.fields()).isEmpty();
  }

  @Test
  void readsListsAndNamesOfTheStandard() {
    EventSettings settings =
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
    assertThat(settings.topic()).contains("events.${device}");
    assertThat(settings.types())
        .extracting(node -> ((ById) node).identifier())
        .containsExactly("i=2915", "i=2041");
    assertThat(settings.fields())
        .containsExactly("LimitState/CurrentState", "nsu=urn:plant;BatchId");
    assertThat(settings.severityMin()).isEqualTo(500);
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
        new OpcUaValueConfig(
                new AbstractConfig(
                    OpcUaValueConfig.addTo(new ConfigDef()),
                    Map.of("opcua.enum.mode", "label", "opcua.matrix.mode", "flat"),
                    false))
            .settings();
    assertThat(settings)
        .isEqualTo(
            new ValueSettings(
                EnumMode.LABEL, MatrixMode.FLAT, TimestampSource.SOURCE, Duration.ofSeconds(5)));
  }

  private static EventSettings events(Map<String, String> props) {
    return new OpcUaEventConfig(
            new AbstractConfig(OpcUaEventConfig.addTo(new ConfigDef()), props, false))
        .settings();
  }
}
