// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.opcua;

import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.benchmarks.endtoend.ConnectorTuning;
import io.connectot.benchmarks.endtoend.MeasuredProcess;
import io.connectot.it.fixture.WorkerProcess;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A measured program: it receives the values of one server over one session. */
enum OpcUaContender {
  BARE("bare Milo client"),
  MEASUREMENT("measurement", ConnectorTuning.NONE),
  MEASUREMENT_CONVERTERS("measurement", ConnectorTuning.CONVERTERS),
  MEASUREMENT_RECOMMENDED("measurement", ConnectorTuning.RECOMMENDED),
  VALUE("value", ConnectorTuning.NONE),
  VALUE_CONVERTERS("value", ConnectorTuning.CONVERTERS),
  VALUE_RECOMMENDED("value", ConnectorTuning.RECOMMENDED);

  /** Milliseconds. */
  private static final int PUBLISHING = 100;

  /** More values than the fastest contender can receive in a publishing interval. */
  private static final int QUEUE = 100;

  private final String title;

  /** {@code record.layout}; null for the bare client. */
  private final String layout;

  /** Null for the bare client. */
  private final ConnectorTuning tuning;

  OpcUaContender(String title) {
    this.title = title;
    this.layout = null;
    this.tuning = null;
  }

  OpcUaContender(String layout, ConnectorTuning tuning) {
    this.title = "connector, " + layout + tuning.title();
    this.layout = layout;
    this.tuning = tuning;
  }

  String title() {
    return title;
  }

  boolean isConnector() {
    return tuning != null;
  }

  /**
   * Starts the contender.
   *
   * @param name the name of its files
   * @param topic the topic of the records, which exists already
   */
  MeasuredProcess start(OpcUaRig rig, String name, String topic) throws IOException {
    return tuning != null ? startConnector(rig, name, topic) : startBare(rig, name);
  }

  private MeasuredProcess startBare(OpcUaRig rig, String name) throws IOException {
    ChildJvm process =
        rig.startMeasured(
            BareOpcUa.class,
            name,
            rig.url(),
            Integer.toString(rig.variables()),
            Integer.toString(PUBLISHING),
            Integer.toString(QUEUE));
    return new MeasuredProcess() {
      @Override
      public long pid() {
        return process.pid();
      }

      @Override
      public long values() throws IOException {
        return Long.parseLong(process.ask());
      }

      @Override
      public void close() {
        process.close();
      }
    };
  }

  private MeasuredProcess startConnector(OpcUaRig rig, String name, String topic)
      throws IOException {
    WorkerProcess worker = rig.startWorker(name);
    worker.rest().put(name, config(rig, name, topic)).expectSuccess();
    Awaitility.await(name + " to run").until(() -> worker.rest().status(name).isRunning(1));
    return new MeasuredProcess() {
      @Override
      public long pid() {
        return worker.pid();
      }

      @Override
      public long values() throws InterruptedException {
        return rig.topics().records(List.of(topic));
      }

      @Override
      public void close() {
        worker.close();
      }
    };
  }

  /** The configuration of a connector that reads all variables. */
  Map<String, String> config(OpcUaRig rig, String name, String topic) throws IOException {
    Path tags = rig.directory().resolve(name + ".csv");
    try (BufferedWriter out = Files.newBufferedWriter(tags)) {
      out.write("name,address\n");
      for (int variable = 0; variable < rig.variables(); variable++) {
        out.write("v" + variable + ",\"" + OpcUaField.address(variable) + "\"\n");
      }
    }
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.opcua.OpcUaSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic", topic);
    config.put("uns.path", "bench");
    config.put("record.layout", layout);
    config.put("devices.plant", rig.url());
    config.put("tags.file", tags.toString());
    config.put("opcua.security.allow.none", "true");
    config.put("opcua.pki.dir", rig.directory().resolve("pki").toString());
    config.put("opcua.publishing.interval.ms", Integer.toString(PUBLISHING));
    config.put("opcua.sampling.interval.ms", "0");
    config.put("opcua.queue.size", Integer.toString(QUEUE));
    config.put("validate.connection", "false");
    config.putAll(tuning.settings());
    return config;
  }
}
