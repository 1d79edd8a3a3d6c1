// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.health.ConnectClusterState;
import org.apache.kafka.connect.health.ConnectorHealth;
import org.apache.kafka.connect.health.ConnectorState;
import org.apache.kafka.connect.health.ConnectorType;
import org.apache.kafka.connect.health.TaskState;
import org.junit.jupiter.api.Test;

class ConnectorCatalogTest {
  private static final Map<String, Map<String, String>> CONFIGS =
      Map.of(
          "presses",
          Map.of(
              "connector.class", "io.connectot.modbus.ModbusSourceConnector",
              "topic", "plant.${device}",
              "status.topic", "plant.status",
              "devices.p1", "tcp://p1 topic=special.${tag}"),
          "jdbc",
          Map.of("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector"));

  private final ConnectorCatalog catalog = new ConnectorCatalog(new Cluster());

  @Test
  void listsTheConnectorsOfThisPackOnly() {
    assertThat(catalog.connectors())
        .extracting(ConnectorCatalog.Connector::name)
        .containsExactly("presses");
    assertThat(catalog.connector("jdbc")).isEmpty();
    assertThat(catalog.connector("unknown")).isEmpty();
    assertThat(catalog.connectors().get(0).isFailed()).isTrue();
  }

  @Test
  void doesNotWaitForAWorkerThatAnotherThreadWaitsFor() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    ConnectorCatalog slow =
        new ConnectorCatalog(
            new Cluster() {
              @Override
              public Collection<String> connectors() {
                if (asked.incrementAndGet() == 2) {
                  waits.countDown();
                  awaitUninterruptibly(goesOn);
                }
                return super.connectors();
              }
            });
    List<ConnectorCatalog.Connector> first = slow.connectors();
    Thread other = new Thread(slow::connectors);
    other.start();
    waits.await();

    assertThat(slow.connectors()).isSameAs(first);
    assertThat(asked).hasValue(2);
    goesOn.countDown();
    other.join();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void findsTheTopicsThatTemplatesCanBecome() {
    assertThat(matches("plant.press1")).isTrue();
    assertThat(matches("plant.status")).isTrue();
    assertThat(matches("special.temp")).isTrue();
    assertThat(matches("plant.__internal")).isFalse();
    assertThat(matches("plantXpress1")).isFalse();
    assertThat(matches("connect-offsets")).isFalse();
  }

  private boolean matches(String topic) {
    return catalog.topics().stream().anyMatch(pattern -> pattern.matcher(topic).matches());
  }

  private static class Cluster implements ConnectClusterState {
    @Override
    public Collection<String> connectors() {
      return CONFIGS.keySet();
    }

    @Override
    public ConnectorHealth connectorHealth(String name) {
      return new ConnectorHealth(
          name,
          new ConnectorState("RUNNING", "worker", null),
          Map.of(0, new TaskState(0, "FAILED", "worker", "a trace")),
          ConnectorType.SOURCE);
    }

    @Override
    public Map<String, String> connectorConfig(String name) {
      return CONFIGS.get(name);
    }
  }

  @Test
  void aTemplateIsNoPatternOfItsOwn() {
    assertThat(List.of("a+b", "a.b"))
        .filteredOn(topic -> ConnectorCatalog.pattern("a+b").matcher(topic).matches())
        .containsExactly("a+b");
  }
}
