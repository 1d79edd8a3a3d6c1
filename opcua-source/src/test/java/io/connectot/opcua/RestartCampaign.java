// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.BooleanSupplier;

/**
 * Restarts, changed configurations, kills and changed numbers of tasks against a server that
 * counts: values go on, and the server has no subscription too many. Unless {@code
 * opcua.resume.mode} is off, every number is in Kafka or in a gap. For one thread.
 */
final class RestartCampaign implements AutoCloseable {
  /** Changes per second. */
  static final int RATE = 500;

  private static final int COUNTERS = CountingServer.COUNTERS;
  private static final Duration LIMIT = Duration.ofSeconds(150);

  private final CountingServer server;
  private final Cable cable;
  private final Path directory;
  private final String mode;
  private final TaskRig whole;
  private final TaskRig first;
  private final TaskRig second;
  private final CounterTally tally;

  /** How long each step took until values came again. */
  private final Map<Step, List<Duration>> back = new EnumMap<>(Step.class);

  /** How many numbers are not in Kafka. */
  private long missing;

  /** How many subscriptions the server had at the end. */
  private int left;

  /** How long the server kept those that were not in use. */

  /** What happens to the tasks. */
  enum Step {
    START,
    RESTART,
    CONFIG_CHANGE,
    KILL,
    OTHER_NUMBER_OF_TASKS
  }

  /** How often each thing happens. */
  record Scale(int restarts, int changes, int kills) {
    /** For every full build. */
    static final Scale SHORT = new Scale(4, 1, 1);

    /** For a campaign that is run by hand. */
    static final Scale LONG = new Scale(20, 5, 5);
  }

  /**
   * @param directory for the connector's certificates
   * @param mode of {@code opcua.resume.mode}
   */
  RestartCampaign(CountingServer server, Path directory, String mode) throws IOException {
    this.server = server;
    this.directory = directory;
    this.mode = mode;
    this.cable = new Cable(server.port());
    this.whole = task(Map.of());
    this.first = task(Map.of("task.index", "0", "task.count", "2")).sharing(whole);
    this.second = task(Map.of("task.index", "1", "task.count", "2")).sharing(whole);
    this.tally = new CounterTally(whole);
  }

  private TaskRig task(Map<String, String> share) {
    Map<String, String> config = new HashMap<>(share);
    config.put("gap.topic", "gaps");
    config.put("opcua.resume.mode", mode);
    // Its events may be in a subscription of their own.
    config.put("opcua.browse.model.change.events", "false");
    // Not one of each name of the connector, with a key of its own.
    config.put("opcua.application.uri", "urn:connect-ot:opcua:campaign");
    config.put("opcua.auth.type", "username");
    config.put("opcua.auth.username", server.user());
    config.put("opcua.auth.password", server.password());
    config.put("opcua.publishing.interval.ms", "100");
    config.put("opcua.keepalive.ms", "2000");
    config.put("opcua.lifetime.ms", "20000");
    config.put("opcua.queue.size", "20000");
    for (int i = 0; i < COUNTERS; i++) {
      config.put("tags.c" + i, server.address(i) + " sampling=0");
    }
    String url = "opc.tcp://localhost:" + cable.port() + server.path();
    return new TaskRig(url, directory.resolve("own"), config);
  }

  /**
   * Runs the whole of it.
   *
   * @param losesNothing whether the server's queues hold everything as long as one task does
   *     everything
   */
  void run(Scale scale, boolean losesNothing) throws IOException {
    whole.start();
    count(Step.START, whole);
    for (int i = 0; i < scale.restarts(); i++) {
      whole.stop();
      whole.start();
      count(Step.RESTART, whole);
    }
    for (int i = 0; i < scale.changes(); i++) {
      whole.stop();
      whole.configure("opcua.publishing.interval.ms", Integer.toString(110 + i));
      whole.start();
      count(Step.CONFIG_CHANGE, whole);
    }
    for (int i = 0; i < scale.kills(); i++) {
      kill(i);
      whole.start();
      count(Step.KILL, whole);
    }
    Map<String, Long> missingOfOneTask = new HashMap<>();
    for (int i = 0; i < COUNTERS; i++) {
      missingOfOneTask.put("c" + i, tally.missing("c" + i));
    }
    whole.stop();
    first.start();
    second.start();
    count(Step.OTHER_NUMBER_OF_TASKS, first, second);
    first.stop();
    second.stop();
    whole.start();
    count(Step.OTHER_NUMBER_OF_TASKS, whole);
    whole.stop();
    first.start();
    second.start();
    count(Step.OTHER_NUMBER_OF_TASKS, first, second);

    long[] last = server.stopCounting();
    until(() -> isComplete(last), first, second);
    for (int i = 0; i < COUNTERS; i++) {
      if (!mode.equals("off")) {
        assertThat(tally.unreported("c" + i)).as("missing numbers of c%d", i).isEmpty();
      }
      if (losesNothing) {
        assertThat(missingOfOneTask.get("c" + i)).as("missing numbers of c%d", i).isZero();
      }
      missing += tally.missing("c" + i);
    }
    left = server.subscriptions();
    // What a kill left ends with its lifetime.
    until(() -> server.subscriptions() == 2, first, second);
  }

  /**
   * Kills the worker: records that are on their way to Kafka are lost, the server hears nothing,
   * and the next worker knows nothing but stored offsets.
   */
  private void kill(int number) throws IOException {
    int before = whole.held().size();
    whole.hold(true);
    until(() -> whole.held().size() > before + COUNTERS, whole);
    cable.cut();
    whole.stop();
    whole.hold(false);
    // What a worker remembers of a server is that of a connector with this name.
    whole.configure("name", "press-shop-" + number);
  }

  /**
   * A row of the table in {@code docs/opcua-servers.md}: how long it took until values came again,
   * in seconds; how many numbers are missing; how many subscriptions were left beside the two in
   * use.
   */
  String row(String server, String mode) {
    return "| %s | `%s` | %s, %s | %s | %s | %s | %,d | %d |"
        .formatted(
            server,
            mode,
            seconds(median(Step.RESTART)),
            seconds(longest(Step.RESTART)),
            seconds(longest(Step.CONFIG_CHANGE)),
            seconds(longest(Step.KILL)),
            seconds(longest(Step.OTHER_NUMBER_OF_TASKS)),
            missing,
            left - 2);
  }

  private Duration median(Step step) {
    List<Duration> sorted = back.get(step).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private Duration longest(Step step) {
    return Collections.max(back.get(step));
  }

  private static String seconds(Duration duration) {
    return "%.1f".formatted(duration.toMillis() / 1000.0);
  }

  /** The longest time until values came again, after the first start. */
  Duration longest() {
    return back.keySet().stream()
        .filter(step -> step != Step.START)
        .map(this::longest)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Waits until every counter counts on. */
  private void count(Step step, TaskRig... tasks) {
    Map<String, Integer> before = new HashMap<>();
    for (int i = 0; i < COUNTERS; i++) {
      before.put("c" + i, tally.numbers("c" + i).size());
    }
    Instant begin = Instant.now();
    until(
        () ->
            before.entrySet().stream()
                .allMatch(entry -> tally.numbers(entry.getKey()).size() > entry.getValue() + 10),
        tasks);
    back.computeIfAbsent(step, key -> new ArrayList<>())
        .add(Duration.between(begin, Instant.now()));
  }

  /** Polls tasks until something is so. */
  private static void until(BooleanSupplier condition, TaskRig... tasks) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              for (TaskRig task : tasks) {
                task.poll();
              }
              return condition.getAsBoolean();
            });
  }

  private boolean isComplete(long[] last) {
    for (int i = 0; i < COUNTERS; i++) {
      NavigableMap<Long, Instant> numbers = tally.numbers("c" + i);
      if (numbers.isEmpty() || numbers.lastKey() != last[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    try (cable;
        whole;
        first;
        second) {
      // All of them.
    }
  }
}
