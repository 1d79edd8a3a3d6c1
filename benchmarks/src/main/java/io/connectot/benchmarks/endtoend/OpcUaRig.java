// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.io.IOException;
import java.util.List;

/** The OPC UA server in its own process, and Kafka. For one thread. */
final class OpcUaRig extends KafkaRig {
  private static final int PARTITIONS = 10;

  private final int variables;
  private final ChildJvm field;

  OpcUaRig(Options options) throws IOException {
    super(options, PARTITIONS);
    this.variables = options.number("variables", 1_000);
    this.field =
        ChildJvm.start(
            OpcUaField.class,
            directory().resolve("field.log"),
            List.of("-Xmx1g"),
            Integer.toString(variables),
            Integer.toString(options.number("rate", 300_000)));
  }

  /** The number of the server's variables. */
  int variables() {
    return variables;
  }

  /** The server's address. */
  String url() {
    return field.greeting();
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
