// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.benchmarks.endtoend.ConnectorTuning;
import io.connectot.benchmarks.endtoend.KafkaRig;
import io.connectot.benchmarks.endtoend.Topics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The devices in one process, and Kafka. For one thread. */
final class PolledRig extends KafkaRig {
  private final Fleet fleet;
  private final ChildJvm field;

  /**
   * @param partitions of every topic
   */
  PolledRig(BenchmarkOptions options, Fleet fleet, int devices, int partitions) throws IOException {
    super(options, partitions);
    this.fleet = fleet;
    this.field =
        ChildJvm.start(
            fleet.server(),
            directory().resolve("field.log"),
            List.of("-Xmx256m"),
            Integer.toString(devices));
  }

  Fleet fleet() {
    return fleet;
  }

  ChildJvm field() {
    return field;
  }

  /** The devices' ports, separated by commas. */
  String ports() {
    return field.greeting();
  }

  /** Starts a bare loop. */
  ChildJvm startBareLoop(Output output, ConnectorTuning tuning, String name) throws IOException {
    return startMeasured(
        BareLoop.class,
        name,
        output.name(),
        broker().greeting(),
        name,
        ports(),
        fleet.name(),
        tuning.name());
  }

  /**
   * The configuration of a connector that reads all devices and reports every value.
   *
   * @param topic a template
   * @param tags its tag lines
   */
  Map<String, String> connector(
      String topic, String layout, Map<String, String> tags, int intervalMs, int tasks) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", fleet.connectorClass());
    config.put("tasks.max", Integer.toString(tasks));
    config.put("topic", topic);
    config.put("uns.path", "bench");
    config.put("record.layout", layout);
    config.put("poll.interval.ms", Integer.toString(intervalMs));
    config.put("report", "all");
    String[] ports = ports().split(",");
    for (int i = 0; i < ports.length; i++) {
      config.put("devices." + Topics.device(i), fleet.url(ports[i]));
    }
    config.putAll(tags);
    config.putAll(addedSettings());
    return config;
  }

  @Override
  public void close() {
    super.close();
    field.close();
  }
}
