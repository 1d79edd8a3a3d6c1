// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.WriteOutcome;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Values of tests, and the check that they are written and read back exactly. */
final class TypedValues {
  private TypedValues() {}

  static Value number(long value) {
    return new LongValue(value);
  }

  static Value real(double value) {
    return new DoubleValue(value);
  }

  static Value text(String value) {
    return new TextValue(value);
  }

  static Value flag(boolean value) {
    return BooleanValue.of(value);
  }

  static Value time(String value) {
    return new InstantValue(Instant.parse(value));
  }

  static Value bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new BytesValue(bytes);
  }

  /** The greatest unsigned number of 64 bits. */
  static Value greatest() {
    return new BigValue(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));
  }

  static Value array(ValueType type, Value... elements) {
    return new ArrayValue(type, List.of(elements));
  }

  /** An array of alternating bits. */
  static Value bits(int count) {
    List<Value> bits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bits.add(flag(i % 3 == 0));
    }
    return new ArrayValue(ValueType.BOOLEAN, bits);
  }

  /** Writes a value in one request, and reads the same. */
  static void assertWritten(String url, String line, Value value) throws Exception {
    try (SinkClient client = new SinkClient(url, line)) {
      assertThat(client.target().refusal()).as(line).isNull();
      assertThat(client.write(value)).as(line).isEqualTo(WriteOutcome.Done.ACCEPTED);
      assertThat(client.read().value()).as(line).isEqualTo(value);
      assertThat(client.lost()).as(line).isEmpty();
    }
  }

  /** Tries to write a value that the tag cannot hold. */
  static void assertRejected(String url, String line, Value value, String reason) throws Exception {
    try (SinkClient client = new SinkClient(url, line)) {
      assertThat(client.write(value))
          .as(line)
          .isInstanceOfSatisfying(
              WriteOutcome.Rejected.class,
              rejected -> assertThat(rejected.reason()).contains(reason));
      assertThat(client.lost()).as(line).isEmpty();
    }
  }
}
