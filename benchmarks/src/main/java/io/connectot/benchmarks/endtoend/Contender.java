// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import io.connectot.it.fixture.WorkerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/** A measured program: it reads all devices, and in most cases sends the values to Kafka. */
enum Contender {
  BARE_READ("bare loop, no Kafka", Output.NOTHING, false),
  BARE_LEAN_ROW("bare loop + producer, lean row", Output.LEAN_ROW, false),
  BARE_ROW("bare loop + producer, same row", Output.ROW, false),
  ROW("connector, row", Output.ROW, true),
  BARE_LEAN_MEASUREMENT("bare loop + producer, lean value", Output.LEAN_MEASUREMENT, false),
  BARE_MEASUREMENT("bare loop + producer, same measurement", Output.MEASUREMENT, false),
  MEASUREMENT("connector, measurement", Output.MEASUREMENT, true),
  VALUE("connector, value", Output.MEASUREMENT, true);

  private final String title;
  private final Output output;
  private final boolean connector;

  Contender(String title, Output output, boolean connector) {
    this.title = title;
    this.output = output;
    this.connector = connector;
  }

  String title() {
    return title;
  }

  /** A running process. For one thread. */
  interface Running extends AutoCloseable {
    long pid();

    /** The number of values delivered so far. */
    long values() throws IOException, InterruptedException;

    @Override
    void close();
  }

  /**
   * Starts the contender.
   *
   * @param name the prefix of its topics and files
   * @param topics existing topics
   */
  Running start(Rig rig, String name, List<String> topics, int intervalMs, int tasks)
      throws IOException {
    return connector
        ? startConnector(rig, name, topics, intervalMs, tasks)
        : startBareLoop(rig, name, topics);
  }

  private Running startBareLoop(Rig rig, String name, List<String> topics) throws IOException {
    ChildJvm process = rig.startBareLoop(output, name);
    return new Running() {
      @Override
      public long pid() {
        return process.pid();
      }

      @Override
      public long values() throws IOException, InterruptedException {
        return output == Output.NOTHING
            ? Long.parseLong(process.ask())
            : rig.topics().records(topics) * output.valuesPerRecord();
      }

      @Override
      public void close() {
        process.close();
      }
    };
  }

  private Running startConnector(
      Rig rig, String name, List<String> topics, int intervalMs, int tasks) throws IOException {
    WorkerProcess worker = rig.startWorker(name);
    worker
        .rest()
        .put(
            name,
            rig.connector(
                Topics.topic(name, "${device}"),
                name().toLowerCase(Locale.ROOT),
                rig.fleet().allTags(),
                intervalMs,
                tasks))
        .expectSuccess();
    Awaitility.await(name + " to run").until(() -> worker.rest().status(name).isRunning(tasks));
    return new Running() {
      @Override
      public long pid() {
        return worker.pid();
      }

      @Override
      public long values() throws InterruptedException {
        return rig.topics().records(topics) * output.valuesPerRecord();
      }

      @Override
      public void close() {
        worker.close();
      }
    };
  }
}
