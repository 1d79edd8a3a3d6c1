// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.containers.fixture.ComposeProject;
import io.connectot.containers.fixture.Containers;
import io.connectot.core.testing.Peers;
import io.connectot.quickstart.embedded.ConnectRest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The services of {@code deploy/compose} start and find each other. */
@Tag("peers")
@Containers
class ComposeIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(500);

  private static final Map<String, String> SIMULATED =
      Map.of(
          "connector.class", "io.connectot.plc4x.Plc4xSourceConnector",
          "tasks.max", "1",
          "topic", "line",
          "poll.interval.ms", "500",
          "devices.sim", "simulated://sim",
          "tags.torque", "RANDOM/torque:INT");

  @Test
  void kafkaWorkerAndPrometheusWorkTogether() throws Exception {
    List<String> compose = Peers.needCompose();
    try (ComposeProject project = ComposeProject.of(compose)) {
      assertThat(project.run("config", "--services").lines())
          .containsExactlyInAnyOrder("kafka", "connect", "prometheus", "grafana");

      // There is no image of Grafana without a registry; MonitoringIT checks its dashboard's
      // queries.
      project.run("up", "-d", "kafka", "connect", "prometheus");
      ConnectRest rest = project.rest();
      await("the worker to take requests").atMost(LIMIT).pollInterval(POLL).until(rest::isReady);
      ConnectRest.Response response = rest.put("line", SIMULATED);
      assertThat(response.isSuccess()).as(response.message()).isTrue();
      await("the task to run")
          .atMost(LIMIT)
          .pollInterval(POLL)
          .until(() -> rest.status("line").isRunning(1));

      await("Prometheus to have what the worker delivers")
          .atMost(LIMIT)
          .pollInterval(POLL)
          .until(() -> project.query("connectot_record_delivered_total{connector=\"line\"}") > 0);
      assertThat(
              project.run(
                  "exec",
                  "-T",
                  "kafka",
                  "/opt/kafka/bin/kafka-console-consumer.sh",
                  "--bootstrap-server",
                  "kafka:9092",
                  "--topic",
                  "line",
                  "--from-beginning",
                  "--max-messages",
                  "1"))
          .contains("\"tag\":\"torque\"");
    }
  }
}
