// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.Site;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import io.connectot.quickstart.embedded.ConnectRest;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A plant whose counters count to a known number, a connector that reads them, and the values that
 * arrive in Kafka. For one thread.
 */
final class CountedPlant implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(2);

  private final Site site;
  private final String name;
  private final PlantServer server;
  private final int counters;
  private final int each;
  private final Map<String, String> config;
  private final CounterTally tally;
  private final AtomicInteger turns = new AtomicInteger();

  /** Null before the counters start. */
  private ScheduledFuture<?> counting;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "counting");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Starts the server and prepares the other parts.
   *
   * @param each the end of every counter
   */
  CountedPlant(Site site, PlantOptions options, int each) throws IOException {
    this.site = site;
    this.name = site.uniqueName("plant");
    this.counters = options.counters();
    this.each = each;
    this.server = PlantServer.start(options);
    this.config = new LinkedHashMap<>(OpcUaSetup.connector(name, server.url()));
    config.put("tags.file", tagsFile(counters).toString());
    this.tally =
        new CounterTally(site.bootstrapServers(), name, counters, new Sequences(counters, each));
  }

  PlantServer server() {
    return server;
  }

  /**
   * The name of the connector and the Kafka topic; states are in {@code <name>.status}, gaps in
   * {@code <name>.gaps}.
   */
  String name() {
    return name;
  }

  /** The configuration of the next {@link #create}. */
  Map<String, String> config() {
    return config;
  }

  CounterTally tally() {
    return tally;
  }

  /** Creates the connector and waits until it reads every counter. */
  CountedPlant create(int tasks) {
    config.put("tasks.max", Integer.toString(tasks));
    site.create(name, config, tasks);
    tally.awaitAllRead(LIMIT);
    return this;
  }

  /** Changes the connector's configuration. */
  void configure() {
    ConnectRest.Response response = site.rest().put(name, config);
    assertThat(response.isSuccess()).as(response.message()).isTrue();
  }

  /**
   * Starts the counters: every counter increases by one per period, until all have reached their
   * ends.
   */
  void count(Duration period) {
    counting =
        clock.scheduleAtFixedRate(
            () -> {
              if (turns.get() < each) {
                server.counters().advanceAll();
                turns.incrementAndGet();
              }
            },
            0,
            period.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** Waits until the counters have reached a number. */
  void awaitCounted(int count) {
    await("counters to count to " + count)
        .atMost(LIMIT)
        .failFast("counting failed", counting::isDone)
        .until(() -> turns.get() >= count);
  }

  /** Waits until all counters have reached their ends and Kafka has all values. */
  Sequences.Count awaitEnd(String what) {
    awaitCounted(each);
    return tally.awaitLast(LIMIT).print(what);
  }

  private static Path tagsFile(int counters) throws IOException {
    Path file = Files.createTempFile(Path.of("target"), "counters", ".csv").toAbsolutePath();
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("name,address\n");
      for (int counter = 0; counter < counters; counter++) {
        out.write("C" + counter + ",\"" + PlantServer.address(Counters.id(counter)) + "\"\n");
      }
    }
    return file;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    site.rest().delete(name);
    tally.close();
    server.close();
  }
}
