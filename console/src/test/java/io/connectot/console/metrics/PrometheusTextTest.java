// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.console.connector.ConnectorCatalog.Connector;
import io.connectot.console.connector.ConnectorCatalog.Task;
import io.connectot.console.record.PlantRecord.DeviceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000);

  @Test
  void writesMetricsOfTasksAndStatesOfDevices() {
    String text =
        PrometheusText.of(
            List.of(new TaskMetricsReader.TaskValues("c", "0", Map.of("gap-total", 3L))),
            List.of(connector("FAILED")),
            List.of(device("p\"1\n", "ONLINE", NOW.plusSeconds(1))),
            NOW);
    assertThat(text.lines())
        .contains(
            "# TYPE connectot_gap_total counter",
            "connectot_gap_total{connector=\"c\",task=\"0\"} 3",
            "kafka_connect_task_state{connector=\"c\",task=\"0\",state=\"failed\"} 1",
            "connectot_device_state{connector=\"c\",device=\"p\\\"1\\n\",path=\"a/p\\\"1\\n\"} 2");
  }

  @Test
  void aDeviceOfAConnectorThatIsGoneIsUnknown() {
    List<DeviceState> devices = List.of(device("p1", "ONLINE", NOW.minusSeconds(1)));
    assertThat(PrometheusText.of(List.of(), List.of(), devices, NOW))
        .contains("device=\"p1\",path=\"a/p1\"} -1");
    assertThat(HealthReport.problems(List.of(connector("RUNNING")), devices, NOW))
        .extracting(HealthReport.Problem::state)
        .containsExactly("UNKNOWN");
    assertThat(HealthReport.problems(List.of(), devices, NOW)).isEmpty();
  }

  private static Connector connector(String state) {
    return new Connector(
        "c", "source", "RUNNING", List.of(new Task(0, state, "w", "trace\nmore")), Map.of());
  }

  private static DeviceState device(String name, String state, Instant validUntil) {
    return new DeviceState(
        "a/" + name, name, "modbus", "c", state, null, "tcp://p1", NOW, validUntil);
  }
}
