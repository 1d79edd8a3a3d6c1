// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that are not ours and allow little: restarts and kills of a task lose nothing. */
@Tag("peers")
@Tag("full")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SmallForeignServerTest {
  private static final int COUNTERS = CountingServer.COUNTERS;
  private static final int RATE = 100;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "older   | {\"maxSessions\":1} | 10 | 1",
        "current | {\"maxSessions\":1} | 10 | 1",
        "current | {\"maxSubscriptions\":1,\"maxSubscriptionsPerSession\":1} | 10 | 1",
        "current | {\"maxMonitoredItemsPerSubscription\":4} | 10 | 3",
        "current | {\"maxMonitoredItems\":12} | 10 | 1",
        "current | {\"operationLimits\":{\"maxNodesPerRead\":5,\"maxNodesPerBrowse\":5,"
            + "\"maxNodesPerTranslateBrowsePathsToNodeIds\":5,\"maxMonitoredItemsPerCall\":5}}"
            + " | 10 | 1",
        "older   | {\"maxSessions\":1,\"maxSubscriptions\":1,\"maxSubscriptionsPerSession\":1,"
            + "\"maxMonitoredItemsPerSubscription\":4,\"maxMonitoredItems\":12,"
            + "\"operationLimits\":{\"maxNodesPerRead\":5,\"maxMonitoredItemsPerCall\":5}} | 4 | 1",
        "current | {\"maxSessions\":1,\"maxSubscriptions\":1,\"maxSubscriptionsPerSession\":1,"
            + "\"maxMonitoredItemsPerSubscription\":4,\"maxMonitoredItems\":12,"
            + "\"operationLimits\":{\"maxNodesPerRead\":5,\"maxMonitoredItemsPerCall\":5}} | 4 | 1"
      })
  void losesNothingOfWhatTheServerAllows(String version, String limits, int good, int subscriptions)
      throws Exception {
    try (NodeOpcuaServer server = new NodeOpcuaServer(version, directory, RATE, limits);
        Cable cable = new Cable(server.port());
        TaskRig task =
            new TaskRig(
                "opc.tcp://localhost:" + cable.port(), directory.resolve("own"), config(server))) {
      CounterTally tally = new CounterTally(task);
      task.start();
      awaitCounters(task, tally, good);
      for (int i = 0; i < 3; i++) {
        task.stop();
        task.start();
        awaitCounters(task, tally, good);
        assertThat(server.subscriptions()).isEqualTo(subscriptions);
      }
      cable.cut();
      task.stop();
      task.start();
      awaitCounters(task, tally, good);

      for (int i = 0; i < COUNTERS; i++) {
        if (!tally.numbers("c" + i).isEmpty()) {
          assertThat(tally.unreported("c" + i)).as("missing numbers of c%d", i).isEmpty();
        }
      }
      assertThat(rejected(task)).hasSize(COUNTERS - good);
      task.until(() -> server.subscriptions() == subscriptions);
    }
  }

  private static Map<String, String> config(NodeOpcuaServer server) {
    Map<String, String> config =
        new HashMap<>(
            Map.of(
                "gap.topic", "gaps",
                "opcua.browse.model.change.events", "false",
                "opcua.session.timeout.ms", "5000",
                "opcua.auth.type", "username",
                "opcua.auth.username", server.user(),
                "opcua.auth.password", server.password(),
                "opcua.publishing.interval.ms", "100",
                "opcua.keepalive.ms", "2000",
                "opcua.lifetime.ms", "20000",
                "opcua.queue.size", "20000"));
    for (int i = 0; i < COUNTERS; i++) {
      config.put("tags.c" + i, server.address(i) + " sampling=0");
    }
    return config;
  }

  /** Waits until as many counters as may be monitored count on. */
  private static void awaitCounters(TaskRig task, CounterTally tally, int good) {
    Map<String, Integer> before = new HashMap<>();
    for (int i = 0; i < COUNTERS; i++) {
      before.put("c" + i, tally.numbers("c" + i).size());
    }
    task.until(
        () ->
            before.entrySet().stream()
                    .filter(entry -> tally.numbers(entry.getKey()).size() > entry.getValue() + 5)
                    .count()
                >= good);
  }

  /** The tags that the server has no room for. */
  private static Set<String> rejected(TaskRig task) {
    Set<String> rejected = new HashSet<>();
    for (Struct value : task.values("plant")) {
      String status = value.getString("status");
      if ("BAD".equals(value.getString("quality"))
          && status != null
          && status.contains("Bad_TooManyMonitoredItems")) {
        rejected.add(value.getString("tag"));
      }
    }
    return rejected;
  }
}
