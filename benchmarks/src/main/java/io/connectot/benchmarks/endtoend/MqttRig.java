// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Path;

/** Mosquitto and Kafka. For one thread. */
final class MqttRig extends KafkaRig {
  private final MosquittoProcess mosquitto;

  /**
   * @param program the path of Mosquitto
   */
  MqttRig(Options options, Path program) throws IOException {
    super(options, 1);
    this.mosquitto = new MosquittoProcess(program, directory());
  }

  MosquittoProcess mosquitto() {
    return mosquitto;
  }

  @Override
  public void close() {
    super.close();
    mosquitto.close();
  }
}
