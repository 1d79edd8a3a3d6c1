// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.opcua;

import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;

/** A Milo OPC UA server whose variables change faster than any contender can process. */
final class OpcUaField {
  private static final Duration PERIOD = Duration.ofMillis(10);

  private OpcUaField() {}

  /**
   * Serves, prints its URL, answers with the number of changes so far, and ends when its input
   * ends.
   *
   * @param arguments the number of variables, and of their changes per second in total
   */
  public static void main(String[] arguments) throws IOException {
    PlantOptions options =
        PlantOptions.DEFAULT
            .withCounters(Integer.parseInt(arguments[0]))
            .withHistory(false)
            .withPolicies(SecurityPolicy.None);
    try (PlantServer server = PlantServer.start(options)) {
      long changes = Long.parseLong(arguments[1]) * PERIOD.toMillis() / 1000;
      server.counters().run(PERIOD, Math.toIntExact(changes));
      ChildJvm.answerParent(server.url(), () -> Long.toString(server.counters().total()));
    }
  }

  /** The node id of a variable in tag lines. */
  static String address(int variable) {
    return PlantServer.address(Counters.id(variable));
  }
}
