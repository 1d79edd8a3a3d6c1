// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import io.connectot.quickstart.embedded.KafkaNode;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.nio.file.Path;

/** A broker in a process of its own, so that its processor time is not taken for another's. */
final class BrokerProcess {
  private BrokerProcess() {}

  /** Keeps its data in a folder, prints its {@code bootstrap.servers}, ends when its input does. */
  public static void main(String[] arguments) throws IOException {
    try (KafkaNode kafka = new KafkaNode(Path.of(arguments[0]), Ports.free())) {
      kafka.start();
      ChildJvm.answerParent(kafka.bootstrapServers(), () -> "");
    }
  }
}
