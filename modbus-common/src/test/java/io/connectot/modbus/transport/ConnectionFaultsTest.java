// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.testing.ServerFault;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a device does: never a wrong value, and all is well once the device is. */
@Tag("peers")
@Execution(ExecutionMode.CONCURRENT)
class ConnectionFaultsTest {
  /**
   * A connection tells late responses apart by time, so a fifth of this must exceed the delays of a
   * busy machine.
   */
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  private static final int MASK = 0x3C3C;

  @TempDir static Path folder;
  private static TestTls tls;

  @BeforeAll
  static void makeCertificates() {
    tls = new TestTls(folder);
  }

  static Stream<Arguments> faultsOnAllTransports() {
    return Stream.of(ModbusTransport.values())
        .flatMap(
            transport -> faults(transport).stream().map(fault -> Arguments.of(transport, fault)));
  }

  private static List<Case> faults(ModbusTransport transport) {
    boolean checksum = transport.isSerial() || transport == ModbusTransport.RTU_TCP;
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("hangs", ServerFault.HANG, true));
    cases.add(new Case("hangs mid response", ServerFault.HANG_MID_REPLY, true));
    cases.add(new Case("disconnects", ServerFault.DISCONNECT, true));
    cases.add(new Case("disconnects mid response", ServerFault.DISCONNECT_MID_REPLY, true));
    cases.add(new Case("wrong unit", ServerFault.WRONG_UNIT, true));
    cases.add(new Case("wrong function", ServerFault.WRONG_FUNCTION, true));
    cases.add(new Case("short response", ServerFault.SHORT_REPLY, true));
    cases.add(new Case("long response", ServerFault.LONG_REPLY, true));
    cases.add(new Case("wrong byte count", ServerFault.WRONG_BYTE_COUNT, true));
    cases.add(new Case("trailing bytes", ServerFault.TRAILING_BYTES, false));
    cases.add(new Case("late by 1.5 timeouts", late(1.5), true));
    cases.add(new Case("late by 2.5 timeouts", late(2.5), true));
    cases.add(new Case("zeros", ServerFault.garbage(new byte[30]), true));
    cases.add(
        new Case(
            "text",
            ServerFault.garbage("HTTP/1.1 400 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
            true));
    if (checksum) {
      cases.add(new Case("flipped bit", ServerFault.FLIPPED_BIT, true));
    } else {
      cases.add(new Case("wrong transaction", ServerFault.WRONG_TRANSACTION, true));
      cases.add(new Case("wrong protocol", ServerFault.WRONG_PROTOCOL, true));
      cases.add(new Case("late until the next", ServerFault.lateUntilNextRequest(), true));
    }
    return cases;
  }

  private static ServerFault late(double timeouts) {
    return ServerFault.late(Duration.ofMillis((long) (TIMEOUT.toMillis() * timeouts)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("faultsOnAllTransports")
  void neverGivesAWrongValue(ModbusTransport transport, Case fault) throws Exception {
    try (ConnectionFixture rig =
        ConnectionFixture.of(transport, TestConnections.settings(0, TIMEOUT), tls, folder)) {
      rig.server().unit(1).fill(MASK);
      awaitRightValue(rig.connection(), 1000);

      rig.server().fault(fault.fault());
      for (int address = 0; address < 2; address++) {
        byte[] data =
            TestConnections.tryRead(rig.connection(), 1, ModbusTable.HOLDING_REGISTER, address, 1);
        if (fault.alwaysFails()) {
          assertThat(data).isNull();
        } else if (data != null) {
          assertThat(data).isEqualTo(right(address));
        }
      }
      rig.server().fault(ServerFault.NONE);

      for (int address = 10; address < 15; address++) {
        awaitRightValue(rig.connection(), address);
      }
      assertThat(rig.server().counters().mostConcurrentRequests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(ModbusTransport.class)
  void oneLateResponseNeverBecomesTheNext(ModbusTransport transport) throws Exception {
    try (ConnectionFixture rig =
        ConnectionFixture.of(transport, TestConnections.settings(1, TIMEOUT), tls, folder)) {
      rig.server().unit(1).fill(MASK);
      awaitRightValue(rig.connection(), 1000);
      for (int address = 0; address < 8; address += 2) {
        rig.server().next(1, late(1.2 + address / 10.0));

        byte[] retried =
            TestConnections.tryRead(rig.connection(), 1, ModbusTable.HOLDING_REGISTER, address, 1);
        if (retried != null) {
          assertThat(retried).isEqualTo(right(address));
        }
        awaitRightValue(rig.connection(), address + 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ModbusTransport.class)
  void everyExceptionIsTheUnitsAndKeepsTheConnection(ModbusTransport transport) throws Exception {
    try (ConnectionFixture rig =
        ConnectionFixture.of(
            transport, TestConnections.settings(0, Duration.ofSeconds(10)), tls, folder)) {
      rig.server().unit(1).fill(MASK);
      for (int code : IntStream.rangeClosed(1, 11).toArray()) {
        rig.server().next(1, ServerFault.exception(code));
        assertThat(exceptionOf(rig.connection())).isEqualTo(ModbusExceptionCode.of(code));
        assertThat(rig.connection().read(1, ModbusTable.HOLDING_REGISTER, code, 1))
            .isEqualTo(right(code));
      }
      assertThat(rig.server().counters().connectionsAccepted()).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(ModbusTransport.class)
  void readsAllTables(ModbusTransport transport) throws Exception {
    try (ConnectionFixture rig =
        ConnectionFixture.of(
            transport, TestConnections.settings(0, Duration.ofSeconds(10)), tls, folder)) {
      rig.server()
          .unit(1)
          .set(ModbusTable.COIL, 3, 1)
          .set(ModbusTable.INPUT_REGISTER, 4, 0x0A0D, 0x3A0A);
      rig.server().unit(9).set(ModbusTable.DISCRETE_INPUT, 65535, 1);
      rig.server().unit(9).set(ModbusTable.HOLDING_REGISTER, 0, 0xFFFF, 0x8000).fill(MASK);

      assertThat(rig.connection().read(1, ModbusTable.COIL, 0, 2000)).startsWith(8, 0).hasSize(250);
      assertThat(rig.connection().read(1, ModbusTable.INPUT_REGISTER, 4, 2))
          .containsExactly(10, 13, 58, 10);
      assertThat(rig.connection().read(9, ModbusTable.HOLDING_REGISTER, 65411, 125)).hasSize(250);
      assertThat(rig.connection().read(9, ModbusTable.DISCRETE_INPUT, 65535, 1))
          .containsExactly(Integer.bitCount(65535 ^ MASK) & 1);
    }
  }

  private static ModbusExceptionCode exceptionOf(ModbusConnection connection) throws Exception {
    try {
      connection.read(1, ModbusTable.HOLDING_REGISTER, 0, 1);
      throw new AssertionError("the unit's refusal was lost");
    } catch (ModbusExceptionResponse e) {
      return e.code();
    }
  }

  /** On a slow machine a read may fail at times; what it returns must be right at all times. */
  private static void awaitRightValue(ModbusConnection connection, int address) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(1))
        .pollInSameThread()
        .until(
            () -> TestConnections.tryRead(connection, 1, ModbusTable.HOLDING_REGISTER, address, 1),
            data -> {
              if (data != null) {
                assertThat(data).isEqualTo(right(address));
              }
              return data != null;
            });
  }

  private static byte[] right(int address) {
    int value = address ^ MASK;
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  private record Case(String name, ServerFault fault, boolean alwaysFails) {
    @Override
    public String toString() {
      return name;
    }
  }
}
