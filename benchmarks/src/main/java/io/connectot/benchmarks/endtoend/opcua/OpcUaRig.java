// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.opcua;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.benchmarks.endtoend.KafkaRig;
import java.io.IOException;
import java.util.List;

/** The OPC UA server in its own process, and Kafka. For one thread. */
final class OpcUaRig extends KafkaRig {
  private static final int PARTITIONS = 10;

  private final int variables;
  private final ChildJvm field;

  /**
   * @param variables the number of the server's variables
   * @param rate their changes per second in total
   */
  OpcUaRig(BenchmarkOptions options, int variables, int rate) throws IOException {
    super(options, PARTITIONS);
    this.variables = variables;
    this.field =
        ChildJvm.start(
            OpcUaField.class,
            directory().resolve("field.log"),
            List.of("-Xmx1g"),
            Integer.toString(variables),
            Integer.toString(rate));
  }

  /** The number of the server's variables. */
  int variables() {
    return variables;
  }

  /** The server's address. */
  String url() {
    return field.greeting();
  }

  /** How many changes the variables have had. */
  long changes() throws IOException {
    return Long.parseLong(field.ask());
  }

  ChildJvm field() {
    return field;
  }

  @Override
  public void close() {
    super.close();
    field.close();
  }
}
