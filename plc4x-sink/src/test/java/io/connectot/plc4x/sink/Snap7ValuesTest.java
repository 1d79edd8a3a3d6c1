// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import static io.connectot.plc4x.sink.TypedValues.assertWritten;

import io.connectot.core.model.Value;
import io.connectot.plc4x.testing.S7Server;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written to an S7 controller that is not ours. */
@Tag("peers")
class Snap7ValuesTest {
  private static S7Server server;

  @BeforeAll
  static void start() {
    server = S7Server.startOrSkip(Map.of("DB1", S7Values.block(), "M", new byte[20]));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  static Stream<Arguments> values() {
    return S7Values.all();
  }

  @ParameterizedTest
  @MethodSource("values")
  void writesEveryTypeAndReadsItBack(String line, Value value) throws Exception {
    assertWritten("s7-light://127.0.0.1:" + server.port(), line, value);
  }
}
