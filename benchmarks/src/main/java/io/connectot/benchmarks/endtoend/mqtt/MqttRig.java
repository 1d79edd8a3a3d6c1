// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.KafkaRig;
import java.io.IOException;
import java.nio.file.Path;

/** Mosquitto and Kafka. For one thread. */
public final class MqttRig extends KafkaRig {
  private final MosquittoProcess mosquitto;

  /**
   * @param program the path of Mosquitto
   */
  public MqttRig(BenchmarkOptions options, Path program) throws IOException {
    super(options, 1);
    this.mosquitto = new MosquittoProcess(program, directory());
  }

  public MosquittoProcess mosquitto() {
    return mosquitto;
  }

  @Override
  public void close() {
    super.close();
    mosquitto.close();
  }
}
