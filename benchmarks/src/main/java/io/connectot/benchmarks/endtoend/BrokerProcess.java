// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import io.connectot.quickstart.embedded.KafkaNode;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.nio.file.Path;

/** A broker in its own process, so that its processor time is measured separately. */
public final class BrokerProcess {
  private BrokerProcess() {}

  /**
   * Stores its data in a folder, prints its {@code bootstrap.servers}, and ends when its input
   * ends.
   */
  public static void main(String[] arguments) throws IOException {
    try (KafkaNode kafka = new KafkaNode(Path.of(arguments[0]), Ports.free())) {
      kafka.start();
      ChildJvm.answerParent(kafka.bootstrapServers(), () -> "");
    }
  }
}
