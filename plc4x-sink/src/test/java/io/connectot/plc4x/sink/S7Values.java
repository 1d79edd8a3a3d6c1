// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import static io.connectot.plc4x.sink.TypedValues.array;
import static io.connectot.plc4x.sink.TypedValues.bits;
import static io.connectot.plc4x.sink.TypedValues.bytes;
import static io.connectot.plc4x.sink.TypedValues.flag;
import static io.connectot.plc4x.sink.TypedValues.greatest;
import static io.connectot.plc4x.sink.TypedValues.number;
import static io.connectot.plc4x.sink.TypedValues.real;
import static io.connectot.plc4x.sink.TypedValues.text;
import static io.connectot.plc4x.sink.TypedValues.time;

import io.connectot.core.model.ValueType;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** A value of every type that an S7 controller holds, for tests with several controllers. */
final class S7Values {
  static final int BLOCK_BYTES = 600;

  private S7Values() {}

  /** The data block of the values, in which texts have their maximum length. */
  static byte[] block() {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    block.put(100, (byte) 20);
    block.putShort(150, (short) 10);
    block.put(300, (byte) 254);
    return block.array();
  }

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of("%DB1:1.3:BOOL", flag(true)),
        Arguments.of("%DB1:1.3:BOOL", flag(false)),
        Arguments.of("%DB1:2:BYTE", number(200)),
        Arguments.of("%DB1:2:USINT", number(255)),
        Arguments.of("%DB1:2:SINT", number(-128)),
        Arguments.of("%DB1:4:WORD", number(65_535)),
        Arguments.of("%DB1:4:INT", number(-32_768)),
        Arguments.of("%DB1:4:UINT", number(65_534)),
        Arguments.of("%DB1:8:DWORD", number(4_294_967_295L)),
        Arguments.of("%DB1:8:DINT", number(-2_147_483_648L)),
        Arguments.of("%DB1:8:UDINT", number(4_294_967_294L)),
        Arguments.of("%DB1:16:LWORD", greatest()),
        Arguments.of("%DB1:16:LINT", number(Long.MIN_VALUE)),
        Arguments.of("%DB1:16:ULINT", greatest()),
        Arguments.of("%DB1:24:REAL", real(90.6)),
        Arguments.of("%DB1:24:LREAL", real(0.1)),
        Arguments.of("%DB1:32:CHAR", text("\u00fc")),
        Arguments.of("%DB1:32:WCHAR", text("\u20ac")),
        Arguments.of("%DB1:100:STRING(20)", text("Pre\u00dfe 1")),
        Arguments.of("%DB1:100:STRING(20)", text("")),
        Arguments.of("%DB1:150:WSTRING(10)", text("10 \u20ac")),
        Arguments.of("%DB1:40:S5TIME", number(9_990)),
        Arguments.of("%DB1:40:S5TIME", number(999_000)),
        Arguments.of("%DB1:40:S5TIME", number(9_990_000)),
        Arguments.of("%DB1:40:TIME", number(-2_147_483_648L)),
        Arguments.of("%DB1:40:LTIME", number(-1)),
        Arguments.of("%DB1:48:DATE", time("2168-12-31T00:00:00Z")),
        Arguments.of("%DB1:48:TIME_OF_DAY", text("12:34:56.789")),
        Arguments.of("%DB1:48:LTIME_OF_DAY", text("12:34:56.789123456")),
        Arguments.of("%DB1:56:DATE_AND_TIME", time("2026-11-21T12:34:56.789Z")),
        Arguments.of("%DB1:56:DATE_AND_TIME", time("1990-01-01T00:00:00Z")),
        Arguments.of("%DB1:56:DATE_AND_LTIME", time("2026-11-21T12:34:56.123456789Z")),
        Arguments.of("%DB1:56:DTL", time("2026-11-21T12:34:56.123456789Z")),
        Arguments.of("%DB1:200:BYTE[5]", bytes(1, 2, 0xFF, 0, 5)),
        Arguments.of("%DB1:200.0:BOOL[16]", bits(16)),
        Arguments.of(
            "%DB1:200:INT[3]", array(ValueType.INT16, number(-1), number(0), number(32_767))),
        Arguments.of("%DB1:200:REAL[2]", array(ValueType.FLOAT32, real(1.5), real(-0.1))),
        Arguments.of(
            "%DB1:200:DATE_AND_TIME[2]",
            array(
                ValueType.DATETIME,
                time("2026-11-21T12:34:56.789Z"),
                time("1999-12-31T23:59:59.999Z"))),
        Arguments.of("%M10.5:BOOL", flag(true)),
        Arguments.of("%MW12:INT", number(-2)));
  }
}
