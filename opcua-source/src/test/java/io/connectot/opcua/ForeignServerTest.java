// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Restarts, changed configurations, kills and changed numbers of tasks against servers that are not
 * ours, while they count: values go on, and the server has no subscription too many. Unless {@code
 * opcua.resume.mode} is off, every number is in Kafka or in a gap.
 */
@Tag("peers")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ForeignServerTest {
  private static final int COUNTERS = 10;
  private static final int RATE = 500;
  private static final Duration LONG = Duration.ofSeconds(150);

  @TempDir private Path directory;

  /** How often each thing happens. */
  private record Scale(int restarts, int changes, int kills) {}

  @ParameterizedTest
  @Tag("full")
  @CsvSource({
    "older, transfer-then-history",
    "current, transfer-then-history",
    "current, history",
    "current, off"
  })
  void losesNothing(String version, String mode) throws Exception {
    run(version, mode, new Scale(4, 1, 1));
  }

  @ParameterizedTest
  @Tag("campaign")
  @EnabledIfSystemProperty(named = "campaign", matches = "true")
  @CsvSource({
    "older, transfer-then-history",
    "older, history",
    "current, transfer-then-history",
    "current, history",
    "current, off"
  })
  void losesNothingFor20Restarts(String version, String mode) throws Exception {
    run(version, mode, new Scale(20, 5, 5));
  }

  private void run(String version, String mode, Scale scale) throws Exception {
    try (NodeOpcuaServer server = new NodeOpcuaServer(version, directory, RATE);
        Cable cable = new Cable(server.port());
        TaskRig whole = new TaskRig(url(cable), directory.resolve("own"), config(mode));
        TaskRig first = half(cable, mode, 0).sharing(whole);
        TaskRig second = half(cable, mode, 1).sharing(whole)) {
      CounterTally tally = new CounterTally(whole);
      whole.start();
      count(tally, whole);
      for (int i = 0; i < scale.restarts(); i++) {
        whole.stop();
        whole.start();
        count(tally, whole);
      }
      for (int i = 0; i < scale.changes(); i++) {
        whole.stop();
        whole.configure("opcua.publishing.interval.ms", Integer.toString(110 + i));
        whole.start();
        count(tally, whole);
      }
      for (int i = 0; i < scale.kills(); i++) {
        cable.cut();
        whole.stop();
        whole.start();
        count(tally, whole);
      }
      Map<String, Long> atTheEndOfOneTask = new HashMap<>();
      for (int i = 0; i < COUNTERS; i++) {
        atTheEndOfOneTask.put("c" + i, tally.missing("c" + i));
      }
      whole.stop();
      first.start();
      second.start();
      count(tally, first, second);
      first.stop();
      second.stop();
      whole.start();
      count(tally, whole);
      whole.stop();
      first.start();
      second.start();
      count(tally, first, second);

      long[] last = server.stopCounting();
      until(() -> isComplete(tally, last), first, second);
      for (int i = 0; i < COUNTERS; i++) {
        if (!mode.equals("off")) {
          assertThat(tally.unreported("c" + i)).as("missing numbers of c%d", i).isEmpty();
        }
        if (mode.equals("transfer-then-history")) {
          // The queues held everything as long as one task did everything.
          assertThat(atTheEndOfOneTask.get("c" + i)).as("missing of c%d", i).isZero();
        }
      }
      // What a kill left ends with its short lifetime.
      until(() -> server.subscriptions() == 2, first, second);
    }
  }

  private static String url(Cable cable) {
    return "opc.tcp://localhost:" + cable.port();
  }

  private static Map<String, String> config(String mode) {
    Map<String, String> config = new HashMap<>();
    config.put("gap.topic", "gaps");
    config.put("opcua.resume.mode", mode);
    // Its events may be in a subscription of their own.
    config.put("opcua.browse.model.change.events", "false");
    config.put("opcua.auth.type", "username");
    config.put("opcua.auth.username", "kafka");
    config.put("opcua.auth.password", "secret");
    config.put("opcua.publishing.interval.ms", "100");
    config.put("opcua.keepalive.ms", "2000");
    config.put("opcua.queue.size", "20000");
    for (int i = 0; i < COUNTERS; i++) {
      config.put("tags.c" + i, "ns=1;s=C" + i + " sampling=0");
    }
    return config;
  }

  private TaskRig half(Cable cable, String mode, int index) {
    Map<String, String> config = config(mode);
    config.put("task.index", Integer.toString(index));
    config.put("task.count", "2");
    return new TaskRig(url(cable), directory.resolve("own"), config);
  }

  /** Waits until every counter counts on. */
  private static void count(CounterTally tally, TaskRig... tasks) {
    Map<String, Integer> before = new HashMap<>();
    for (int i = 0; i < COUNTERS; i++) {
      before.put("c" + i, tally.numbers("c" + i).size());
    }
    until(
        () ->
            before.entrySet().stream()
                .allMatch(entry -> tally.numbers(entry.getKey()).size() > entry.getValue() + 10),
        tasks);
  }

  /** Polls tasks until something is so. */
  private static void until(BooleanSupplier condition, TaskRig... tasks) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              for (TaskRig task : tasks) {
                task.poll();
              }
              return condition.getAsBoolean();
            });
  }

  private static boolean isComplete(CounterTally tally, long[] last) {
    for (int i = 0; i < COUNTERS; i++) {
      NavigableMap<Long, Instant> numbers = tally.numbers("c" + i);
      if (numbers.isEmpty() || numbers.lastKey() != last[i]) {
        return false;
      }
    }
    return true;
  }
}
