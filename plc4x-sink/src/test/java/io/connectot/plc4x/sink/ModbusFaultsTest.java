// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import static io.connectot.plc4x.sink.TypedValues.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.spi.WriteOutcome;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.testing.ServerFault;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a write by the driver modbus-tcp that is not confirmed as it should be. */
class ModbusFaultsTest {
  private static final int TIMEOUT = 700;
  private static final String LINE = "holding-register:8:UINT";

  private SimulatedModbusServer server;
  private String url;

  @BeforeEach
  void start() throws Exception {
    server = SimulatedModbusServer.tcp();
    server.unit(1);
    String host = server.url().substring("tcp://".length());
    url = "modbus-tcp://" + host + "?default-unit-identifier=1";
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("no answer", ServerFault.HANG),
        Arguments.of("half of an answer", ServerFault.HANG_MID_REPLY),
        Arguments.of("a lost connection", ServerFault.DISCONNECT),
        Arguments.of("another number", ServerFault.WRONG_TRANSACTION),
        Arguments.of("another unit", ServerFault.WRONG_UNIT),
        Arguments.of("another function", ServerFault.WRONG_FUNCTION),
        Arguments.of("garbage", ServerFault.garbage(new byte[] {7, 3, 3, 7, 9, 9, 9, 9, 1, 2})),
        Arguments.of("a gateway without an answer", ServerFault.exception(11)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void isUnknownAndNotSentAgain(String what, ServerFault fault) throws Exception {
    try (SinkClient client = new SinkClient(url, LINE, TIMEOUT)) {
      long before = server.counters().requests();
      server.fault(fault);
      assertThat(client.write(number(5))).as(what).isInstanceOf(WriteOutcome.Unknown.class);
      assertThat(client.lost()).hasSize(1);
      assertThat(server.counters().requests() - before).isEqualTo(1);
      assertThat(server.unit(1).written(ModbusTable.HOLDING_REGISTER, 7)).hasSizeLessThan(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 11 UNSUPPORTED",
    "2, 4 INVALID_ADDRESS",
    "3, 7 INVALID_DATA",
    "4, 10 REMOTE_ERROR"
  })
  void reportsWhatTheDeviceRefuses(int code, String status) throws Exception {
    try (SinkClient client = new SinkClient(url, LINE)) {
      server.fault(ServerFault.exception(code));
      assertThat(client.write(number(5)))
          .isInstanceOfSatisfying(
              WriteOutcome.Failed.class, failed -> assertThat(failed.status()).isEqualTo(status));
      assertThat(client.lost()).isEmpty();
    }
  }
}
