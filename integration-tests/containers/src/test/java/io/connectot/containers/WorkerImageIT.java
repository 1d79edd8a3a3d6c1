// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.containers.fixture.Containers;
import io.connectot.containers.fixture.Machine;
import io.connectot.containers.fixture.PlantNetwork;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.quickstart.ConnectorFile;
import io.connectot.quickstart.embedded.ConnectRest;
import io.connectot.quickstart.embedded.PluginFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The image of {@code deploy/docker} runs the connectors of the quickstart as a user without
 * rights, on a root file system that cannot be written to.
 */
@Tag("peers")
@Containers
class WorkerImageIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final List<String> PROTOCOLS =
      List.of("modbus", "mqtt", "opcua", "plc4x", "sparkplug");

  @Test
  void runsTheConnectorsOfTheQuickstartWithoutRights(PlantNetwork plant) throws Exception {
    int port = plant.freePort();
    ConnectRest rest = plant.rest(port);
    PluginFolder plugins =
        PluginFolder.unpack(
            Path.of(System.getProperty("plugin.archive")).normalize(),
            Path.of("target", "image", Long.toString(ProcessHandle.current().pid())));
    try (Machine devices = plant.startPlant("quickstart", port);
        Machine worker = plant.startWorkerImage("worker", devices);
        RecordReader reader = plant.reader("(plant|sparkplug)[.].*")) {
      await("the worker to take requests").atMost(LIMIT).pollInterval(POLL).until(rest::isReady);
      List<ConnectorFile> connectors = new ArrayList<>();
      for (Path file : plugins.examples()) {
        connectors.add(ConnectorFile.read(file).at(plant.bootstrapServersInPlant()));
      }
      for (ConnectorFile connector : connectors) {
        Map<String, String> config = new LinkedHashMap<>(connector.config());
        // Its time limit is too short for a busy machine; the values below show more.
        config.put("validate.connection", "false");
        ConnectRest.Response response = rest.put(connector.name(), config);
        assertThat(response.isSuccess())
            .as("creating %s: %s", connector.name(), response.message())
            .isTrue();
      }

      for (String protocol : PROTOCOLS) {
        try {
          reader.awaitOne(
              "a good value of " + protocol, LIMIT, 0, record -> isGood(record, protocol));
        } catch (ConditionTimeoutException e) {
          throw new AssertionError(e.getMessage() + "; the worker's log:\n" + worker.log(), e);
        }
      }
      for (ConnectorFile connector : connectors) {
        int tasks = Integer.parseInt(connector.config().get("tasks.max"));
        await(connector.name() + " to run")
            .atMost(LIMIT)
            .pollInterval(POLL)
            .until(() -> rest.status(connector.name()), status -> status.isRunning(tasks));
      }
      assertThat(worker.run("id -u").getStdout().strip()).isEqualTo("1000");
      assertThat(worker.run("touch /opt/connect-ot/mark").getStderr()).contains("Read-only");
      assertThat(
              worker
                  .run(
                      "exec 3<>/dev/tcp/127.0.0.1/8083;"
                          + " printf 'GET /ot/metrics HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3")
                  .getStdout())
          .contains("200 OK", "connectot_record_delivered_total{");
      await("the image's check").atMost(LIMIT).pollInterval(POLL).until(worker::isHealthy);
    }
  }

  private static boolean isGood(Received record, String protocol) {
    return record.json().path("protocol").asText().startsWith(protocol)
        && record.json().path("quality").asText().equals("GOOD");
  }
}
