// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.benchmarks.endtoend.ConnectorTuning;
import io.connectot.benchmarks.endtoend.MeasuredProcess;
import io.connectot.benchmarks.endtoend.Topics;
import io.connectot.it.fixture.WorkerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A measured program: it reads all devices, and in most cases sends the values to Kafka. */
public enum PolledContender {
  BARE_READ("bare loop, no Kafka", Output.NOTHING),
  BARE_LEAN_ROW("bare loop + producer, lean row", Output.LEAN_ROW),
  BARE_ROW("bare loop + producer, same row", Output.ROW),
  BARE_ROW_RECOMMENDED(Output.ROW, "same row", ConnectorTuning.RECOMMENDED),
  ROW("row", Output.ROW, ConnectorTuning.NONE),
  ROW_CONVERTERS("row", Output.ROW, ConnectorTuning.CONVERTERS),
  ROW_RECOMMENDED("row", Output.ROW, ConnectorTuning.RECOMMENDED),
  BARE_LEAN_MEASUREMENT("bare loop + producer, lean value", Output.LEAN_MEASUREMENT),
  BARE_MEASUREMENT("bare loop + producer, same measurement", Output.MEASUREMENT),
  BARE_MEASUREMENT_RECOMMENDED(Output.MEASUREMENT, "same measurement", ConnectorTuning.RECOMMENDED),
  MEASUREMENT("measurement", Output.MEASUREMENT, ConnectorTuning.NONE),
  MEASUREMENT_CONVERTERS("measurement", Output.MEASUREMENT, ConnectorTuning.CONVERTERS),
  MEASUREMENT_RECOMMENDED("measurement", Output.MEASUREMENT, ConnectorTuning.RECOMMENDED),
  VALUE("value", Output.MEASUREMENT, ConnectorTuning.NONE),
  VALUE_CONVERTERS("value", Output.MEASUREMENT, ConnectorTuning.CONVERTERS),
  VALUE_RECOMMENDED("value", Output.MEASUREMENT, ConnectorTuning.RECOMMENDED);

  private final String title;
  private final Output output;

  /** {@code record.layout}; null for a bare loop. */
  private final String layout;

  private final ConnectorTuning tuning;

  PolledContender(String title, Output output) {
    this.title = title;
    this.output = output;
    this.layout = null;
    this.tuning = ConnectorTuning.NONE;
  }

  PolledContender(Output output, String what, ConnectorTuning tuning) {
    this.title = "bare loop + producer, " + what + tuning.title();
    this.output = output;
    this.layout = null;
    this.tuning = tuning;
  }

  PolledContender(String layout, Output output, ConnectorTuning tuning) {
    this.title = "connector, " + layout + tuning.title();
    this.output = output;
    this.layout = layout;
    this.tuning = tuning;
  }

  String title() {
    return title;
  }

  boolean isConnector() {
    return layout != null;
  }

  /**
   * Starts the contender.
   *
   * @param name the prefix of its topics and files
   * @param topics existing topics
   */
  MeasuredProcess start(PolledRig rig, String name, List<String> topics, int intervalMs, int tasks)
      throws IOException {
    return isConnector()
        ? startConnector(rig, name, topics, intervalMs, tasks)
        : startBareLoop(rig, name, topics);
  }

  private MeasuredProcess startBareLoop(PolledRig rig, String name, List<String> topics)
      throws IOException {
    ChildJvm process = rig.startBareLoop(output, tuning, name);
    return new MeasuredProcess() {
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

  private MeasuredProcess startConnector(
      PolledRig rig, String name, List<String> topics, int intervalMs, int tasks)
      throws IOException {
    WorkerProcess worker = rig.startWorker(name);
    Map<String, String> config =
        rig.connector(
            Topics.topic(name, "${device}"), layout, rig.fleet().allTags(), intervalMs, tasks);
    config.putAll(tuning.settings());
    worker.rest().put(name, config).expectSuccess();
    Awaitility.await(name + " to run").until(() -> worker.rest().status(name).isRunning(tasks));
    return new MeasuredProcess() {
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
