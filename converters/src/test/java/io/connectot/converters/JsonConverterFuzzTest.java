// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Tag;

/** The fuzzer finds no schema and no value that Kafka's converter writes in another way. */
@Tag("full")
class JsonConverterFuzzTest {
  private static final int DEPTH = 3;

  private final Converters plain = Converters.with();
  private final Converters others =
      Converters.with("decimal.format", "NUMERIC", "replace.null.with.default", false);

  @FuzzTest(maxDuration = "2s")
  void writesAsKafka(FuzzedDataProvider bytes) {
    GeneratedData data = new GeneratedData(Choices.of(bytes));
    Converters converters = bytes.consumeBoolean() ? plain : others;
    if (bytes.consumeBoolean()) {
      converters.assertSame(null, data.schemaless(DEPTH));
    } else {
      Schema schema = data.schema(DEPTH);
      converters.assertSame(schema, data.value(schema, DEPTH));
    }
  }
}
