// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import static io.connectot.plc4x.sink.TypedValues.array;
import static io.connectot.plc4x.sink.TypedValues.assertRejected;
import static io.connectot.plc4x.sink.TypedValues.assertWritten;
import static io.connectot.plc4x.sink.TypedValues.flag;
import static io.connectot.plc4x.sink.TypedValues.greatest;
import static io.connectot.plc4x.sink.TypedValues.number;
import static io.connectot.plc4x.sink.TypedValues.real;
import static io.connectot.plc4x.sink.TypedValues.text;
import static io.connectot.plc4x.sink.TypedValues.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.plc4x.testing.AdsProgram;
import io.connectot.plc4x.testing.AdsProgram.Member;
import io.connectot.plc4x.testing.AdsServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written to a TwinCAT controller, and what is not. */
class AdsValuesTest {
  private AdsProgram program;
  private AdsServer server;

  @BeforeEach
  void start() throws Exception {
    program = program();
    server = new AdsServer(program);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static AdsProgram program() {
    AdsProgram made = new AdsProgram(4096);
    made.alias("E_Mode", "INT", 2);
    made.alias("T_Name", "STRING(20)", 21);
    made.array("ARRAY [0..2] OF INT", "INT", 6, new int[] {0, 3});
    made.array("ARRAY [1..2] OF DATE_AND_TIME", "DATE_AND_TIME", 8, new int[] {1, 2});
    made.array("ARRAY [1..2] OF WSTRING(5)", "WSTRING(5)", 24, new int[] {1, 2});
    made.structure(
        "ST_Motor", 8, new Member("speed", "REAL", 4, 0), new Member("on", "BOOL", 1, 4));
    made.array("ARRAY [0..3] OF ST_Motor", "ST_Motor", 32, new int[] {0, 4});
    made.symbol("MAIN.flag", "BOOL", 1);
    made.symbol("MAIN.byte", "BYTE", 1);
    made.symbol("MAIN.usint", "USINT", 1);
    made.symbol("MAIN.sint", "SINT", 1);
    made.symbol("MAIN.word", "WORD", 2);
    made.symbol("MAIN.int", "INT", 2);
    made.symbol("MAIN.uint", "UINT", 2);
    made.symbol("MAIN.dword", "DWORD", 4);
    made.symbol("MAIN.dint", "DINT", 4);
    made.symbol("MAIN.udint", "UDINT", 4);
    made.symbol("MAIN.lword", "LWORD", 8);
    made.symbol("MAIN.lint", "LINT", 8);
    made.symbol("MAIN.ulint", "ULINT", 8);
    made.symbol("MAIN.real", "REAL", 4);
    made.symbol("MAIN.lreal", "LREAL", 8);
    made.symbol("MAIN.text", "STRING(20)", 21);
    made.symbol("MAIN.wide", "WSTRING(5)", 12);
    made.symbol("MAIN.time", "TIME", 4);
    made.symbol("MAIN.ltime", "LTIME", 8);
    made.symbol("MAIN.date", "DATE", 4);
    made.symbol("MAIN.tod", "TIME_OF_DAY", 4);
    made.symbol("MAIN.dt", "DATE_AND_TIME", 4);
    made.symbol("MAIN.mode", "E_Mode", 2);
    made.symbol("MAIN.name", "T_Name", 21);
    made.symbol("MAIN.ints", "ARRAY [0..2] OF INT", 6);
    made.symbol("MAIN.times", "ARRAY [1..2] OF DATE_AND_TIME", 8);
    made.symbol("MAIN.texts", "ARRAY [1..2] OF WSTRING(5)", 24);
    made.symbol("MAIN.motor", "ST_Motor", 8);
    made.symbol("MAIN.motors", "ARRAY [0..3] OF ST_Motor", 32);
    return made;
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("MAIN.flag", flag(true)),
        Arguments.of("MAIN.byte", number(200)),
        Arguments.of("MAIN.usint", number(255)),
        Arguments.of("MAIN.sint", number(-128)),
        Arguments.of("MAIN.word", number(65_535)),
        Arguments.of("MAIN.int", number(-32_768)),
        Arguments.of("main.INT", number(7)),
        Arguments.of("MAIN.uint", number(65_534)),
        Arguments.of("MAIN.dword", number(4_294_967_295L)),
        Arguments.of("MAIN.dint", number(-2_147_483_648L)),
        Arguments.of("MAIN.udint", number(4_294_967_294L)),
        Arguments.of("MAIN.lword", greatest()),
        Arguments.of("MAIN.lint", number(Long.MIN_VALUE)),
        Arguments.of("MAIN.ulint", greatest()),
        Arguments.of("MAIN.real", real(90.6)),
        Arguments.of("MAIN.lreal", real(0.1)),
        Arguments.of("MAIN.text", text("Pre\u00dfe 1")),
        Arguments.of("MAIN.text", text("")),
        Arguments.of("MAIN.wide", text("10 \u20ac")),
        Arguments.of("MAIN.time", number(4_294_967_295L)),
        Arguments.of("MAIN.ltime", number(123_456_789)),
        Arguments.of("MAIN.date", time("2026-11-21T00:00:00Z")),
        Arguments.of("MAIN.tod", text("12:34:56.789")),
        Arguments.of("MAIN.dt", time("2026-11-21T12:34:56Z")),
        Arguments.of("MAIN.mode", number(3)),
        Arguments.of("MAIN.name", text("press")),
        Arguments.of("MAIN.ints", array(ValueType.INT16, number(-1), number(0), number(32_767))),
        Arguments.of("MAIN.ints[1]", number(77)),
        Arguments.of(
            "MAIN.times",
            array(ValueType.DATETIME, time("2026-11-21T12:34:56Z"), time("1999-12-31T23:59:59Z"))),
        Arguments.of("MAIN.texts", array(ValueType.STRING, text("10 \u20ac"), text("ab"))),
        Arguments.of("MAIN.motor.speed", real(2.5)),
        Arguments.of("MAIN.motors[2].on", flag(true)),
        Arguments.of("0x4040/3000:DINT", number(-5)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void writesEveryTypeAndReadsItBack(String line, Value value) throws Exception {
    byte[] before = program.memory().array().clone();
    assertWritten(server.url(), line, value);
    byte[] after = program.memory().array();
    int first = 0;
    while (first < after.length && before[first] == after[first]) {
      first++;
    }
    int last = after.length - 1;
    while (last > first && before[last] == after[last]) {
      last--;
    }
    assertThat(last - first).as("bytes that changed").isLessThan(24);
  }

  static Stream<Arguments> unwritable() {
    return Stream.of(
        Arguments.of("MAIN.text", text("x".repeat(21)), "at most 20"),
        Arguments.of("MAIN.text", text("\u4e2d"), "cannot hold"),
        Arguments.of("MAIN.wide", text("123456"), "at most 5"),
        Arguments.of("MAIN.time", number(-1), "TIME"),
        Arguments.of("MAIN.time", number(4_294_967_296L), "TIME"),
        Arguments.of("MAIN.dt", time("2026-11-21T12:34:56.5Z"), "exactly"),
        Arguments.of("MAIN.dt", time("1969-12-31T23:59:59Z"), "exactly"),
        Arguments.of("MAIN.tod", text("12:34:56.7891"), "exactly"),
        Arguments.of("MAIN.ints", array(ValueType.INT16, number(1)), "3 elements"));
  }

  @ParameterizedTest
  @MethodSource("unwritable")
  void sendsNothingThatTheTagCannotHold(String line, Value value, String reason) throws Exception {
    assertRejected(server.url(), line, value, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "MAIN.motor, members one by one",
    "MAIN.motors, elements one by one",
    "MAIN.nothing, no symbol",
    "MAIN.ints[7], no symbol"
  })
  void refusesWhatTheDriverCannotWrite(String line, String reason) throws Exception {
    try (SinkClient client = new SinkClient(server.url(), line)) {
      assertThat(client.target().refusal()).contains(reason);
    }
  }

  @Test
  void writesNothingByTheSymbolsOfAFormerProgram() throws Exception {
    try (SinkClient client = new SinkClient(server.url(), "MAIN.int")) {
      assertThat(client.write(number(5))).isEqualTo(WriteOutcome.Done.ACCEPTED);
      AdsProgram other = new AdsProgram(4096);
      other.symbol("MAIN.dangerous", "INT", 2);
      other.symbol("MAIN.int", "INT", 2);
      server.download(other);

      assertThatThrownBy(() -> client.write(number(6)))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("has changed");
      assertThat(client.lost()).hasSize(1);
      assertThat(other.memory().getShort(other.offset("MAIN.dangerous"))).isZero();
      assertThat(other.memory().getShort(other.offset("MAIN.int"))).isZero();
    }
  }
}
