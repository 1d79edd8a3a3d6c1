// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ConsoleSettingsTest {
  @Test
  void readsWithTheWorkersClientSettings() {
    ConsoleSettings settings =
        ConsoleSettings.of(
            Map.of(
                "bootstrap.servers", "kafka:9092",
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "consumer.sasl.mechanism", "SCRAM-SHA-512",
                "group.id", "connect",
                "offset.storage.topic", "offsets"));
    assertThat(settings.allowChanges()).isFalse();
    assertThat(settings.consumer())
        .containsEntry("bootstrap.servers", "kafka:9092")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .doesNotContainKeys("group.id", "offset.storage.topic");
  }

  @Test
  void offersChangesOnlyWhenTold() {
    assertThat(ConsoleSettings.of(Map.of("ot.console.allow.changes", "true")).allowChanges())
        .isTrue();
    assertThat(ConsoleSettings.of(Map.of("ot.console.allow.changes", "yes")).allowChanges())
        .isFalse();
  }

  @Test
  void knowsTheNamesOfTheWorker() {
    ConsoleSettings settings =
        ConsoleSettings.of(
            Map.of(
                "ot.console.hosts", "gate.example.com, plant.example.com",
                "rest.advertised.host.name", "worker1.example.com",
                "listeners", "http://a.example.com:8083,https://b.example.com:8443"));
    assertThat(
            List.of(
                "gate.example.com",
                "plant.example.com",
                "worker1.example.com:8083",
                "a.example.com",
                "b.example.com"))
        .allMatch(settings.names()::allow);
    assertThat(settings.names().allow("c.example.com")).isFalse();
  }

  @Test
  void offersMorePagesInTheMenu() {
    assertThat(
            ConsoleSettings.of(
                    Map.of("ot.console.links", "Dashboard=https://g.example.com/d?a=b,Help=/help/"))
                .links())
        .containsExactly(
            Map.entry("Dashboard", "https://g.example.com/d?a=b"), Map.entry("Help", "/help/"));
    assertThat(ConsoleSettings.of(Map.of()).links()).isEmpty();
    assertThatThrownBy(
            () -> ConsoleSettings.of(Map.of("ot.console.links", "Run=javascript:alert(1)")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ot.console.links", "Run=javascript:alert(1)", "Title=https://");
  }
}
