// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import static io.connectot.plc4x.sink.TypedValues.array;
import static io.connectot.plc4x.sink.TypedValues.assertWritten;
import static io.connectot.plc4x.sink.TypedValues.flag;
import static io.connectot.plc4x.sink.TypedValues.greatest;
import static io.connectot.plc4x.sink.TypedValues.number;
import static io.connectot.plc4x.sink.TypedValues.real;
import static io.connectot.plc4x.sink.TypedValues.text;

import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written by the drivers simulated and modbus-tcp. */
class OtherDriversTest {
  static Stream<Arguments> simulated() {
    return Stream.of(
        Arguments.of("STATE/a:BOOL", flag(true)),
        Arguments.of("STATE/a:USINT", number(255)),
        Arguments.of("STATE/a:INT", number(-5)),
        Arguments.of("STATE/a:ULINT", greatest()),
        Arguments.of("STATE/a:REAL", real(90.6)),
        Arguments.of("STATE/a:LREAL", real(0.1)),
        Arguments.of("STATE/a:STRING", text("10 \u20ac")),
        Arguments.of("STATE/a:TIME", number(-1500)),
        Arguments.of("STATE/a:INT[2]", array(ValueType.INT16, number(1), number(-1))));
  }

  @ParameterizedTest
  @MethodSource("simulated")
  void writesToTheSimulatedDevice(String line, Value value) throws Exception {
    assertWritten("simulated://press", line, value);
  }

  static Stream<Arguments> modbus() {
    return Stream.of(
        Arguments.of("coil:7", flag(true)),
        Arguments.of("holding-register:7:WORD", number(65_535)),
        Arguments.of("holding-register:7:INT", number(-5)),
        Arguments.of("holding-register:7:UINT", number(60_000)),
        Arguments.of("400008:UINT", number(60_001)),
        Arguments.of("holding-register:7:DINT", number(-70_000)),
        Arguments.of("holding-register:7:UDINT", number(4_294_967_295L)),
        Arguments.of("holding-register:7:LINT", number(Long.MIN_VALUE)),
        Arguments.of("holding-register:7:ULINT", greatest()),
        Arguments.of("holding-register:7:LWORD", greatest()),
        Arguments.of("holding-register:7:REAL", real(230.2)),
        Arguments.of("holding-register:7:LREAL", real(0.1)),
        Arguments.of(
            "holding-register:7:INT[3]", array(ValueType.INT16, number(1), number(-2), number(3))),
        Arguments.of(
            "holding-register:7:REAL[2]", array(ValueType.FLOAT32, real(1.5), real(-2.5))));
  }

  @ParameterizedTest
  @MethodSource("modbus")
  void writesRegistersAndCoils(String line, Value value) throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1).fill(0x5A5A);
      String host = server.url().substring("tcp://".length());
      assertWritten("modbus-tcp://" + host + "?default-unit-identifier=1", line, value);
    }
  }
}
