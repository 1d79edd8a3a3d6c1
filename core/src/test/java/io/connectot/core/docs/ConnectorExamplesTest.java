// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of a connector passes its validation, in the documentation and as delivered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConnectorExamplesTest {
  /** The connector's examples, to check those of a single page as well. */
  protected final Examples examples;

  protected ConnectorExamplesTest(Connector connector) {
    examples = new Examples(connector.getClass().getName(), connector::validate);
  }

  final Stream<DocPage.Block> json() {
    return examples.json();
  }

  @ParameterizedTest
  @MethodSource("json")
  void connectorsCanBeCreated(DocPage.Block block) {
    examples.assertJson(block);
  }

  final List<Path> delivered() {
    return Examples.delivered();
  }

  @ParameterizedTest
  @MethodSource("delivered")
  void deliveredConnectorsCanBeCreated(Path file) throws IOException {
    examples.assertDelivered(file);
  }
}
