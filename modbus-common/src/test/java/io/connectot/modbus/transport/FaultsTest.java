// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.modbus.address.Table;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.testing.Fault;
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
class FaultsTest {
  /**
   * A link tells late replies apart by time, so a fifth of this is more than a busy machine
   * hesitates.
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
    cases.add(new Case("hangs", Fault.HANG, true));
    cases.add(new Case("hangs mid reply", Fault.HANG_MID_REPLY, true));
    cases.add(new Case("disconnects", Fault.DISCONNECT, true));
    cases.add(new Case("disconnects mid reply", Fault.DISCONNECT_MID_REPLY, true));
    cases.add(new Case("wrong unit", Fault.WRONG_UNIT, true));
    cases.add(new Case("wrong function", Fault.WRONG_FUNCTION, true));
    cases.add(new Case("short reply", Fault.SHORT_REPLY, true));
    cases.add(new Case("long reply", Fault.LONG_REPLY, true));
    cases.add(new Case("wrong byte count", Fault.WRONG_BYTE_COUNT, true));
    cases.add(new Case("trailing bytes", Fault.TRAILING_BYTES, false));
    cases.add(new Case("late by 1.5 timeouts", late(1.5), true));
    cases.add(new Case("late by 2.5 timeouts", late(2.5), true));
    cases.add(new Case("zeros", Fault.garbage(new byte[30]), true));
    cases.add(
        new Case(
            "text",
            Fault.garbage("HTTP/1.1 400 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
            true));
    if (checksum) {
      cases.add(new Case("flipped bit", Fault.FLIPPED_BIT, true));
    } else {
      cases.add(new Case("wrong transaction", Fault.WRONG_TRANSACTION, true));
      cases.add(new Case("wrong protocol", Fault.WRONG_PROTOCOL, true));
      cases.add(new Case("late until the next", Fault.lateUntilNextRequest(), true));
    }
    return cases;
  }

  private static Fault late(double timeouts) {
    return Fault.late(Duration.ofMillis((long) (TIMEOUT.toMillis() * timeouts)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("faultsOnAllTransports")
  void neverGivesAWrongValue(ModbusTransport transport, Case fault) throws Exception {
    try (Rig rig = Rig.of(transport, Links.settings(0, TIMEOUT), tls, folder)) {
      rig.server().unit(1).fill(MASK);
      awaitRightValue(rig.link(), 1000);

      rig.server().fault(fault.fault());
      for (int address = 0; address < 2; address++) {
        byte[] data = Links.tryRead(rig.link(), 1, Table.HOLDING_REGISTER, address, 1);
        if (fault.alwaysFails()) {
          assertThat(data).isNull();
        } else if (data != null) {
          assertThat(data).isEqualTo(right(address));
        }
      }
      rig.server().fault(Fault.NONE);

      for (int address = 10; address < 15; address++) {
        awaitRightValue(rig.link(), address);
      }
      assertThat(rig.server().counters().mostConcurrentRequests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(ModbusTransport.class)
  void oneLateReplyNeverBecomesTheNext(ModbusTransport transport) throws Exception {
    try (Rig rig = Rig.of(transport, Links.settings(1, TIMEOUT), tls, folder)) {
      rig.server().unit(1).fill(MASK);
      awaitRightValue(rig.link(), 1000);
      for (int address = 0; address < 8; address += 2) {
        rig.server().next(1, late(1.2 + address / 10.0));

        byte[] retried = Links.tryRead(rig.link(), 1, Table.HOLDING_REGISTER, address, 1);
        if (retried != null) {
          assertThat(retried).isEqualTo(right(address));
        }
        awaitRightValue(rig.link(), address + 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ModbusTransport.class)
  void everyExceptionIsTheUnitsAndKeepsTheConnection(ModbusTransport transport) throws Exception {
    try (Rig rig = Rig.of(transport, Links.settings(0, Duration.ofSeconds(10)), tls, folder)) {
      rig.server().unit(1).fill(MASK);
      for (int code : IntStream.rangeClosed(1, 11).toArray()) {
        rig.server().next(1, Fault.exception(code));
        assertThat(exceptionOf(rig.link())).isEqualTo(ModbusExceptionCode.of(code));
        assertThat(rig.link().read(1, Table.HOLDING_REGISTER, code, 1)).isEqualTo(right(code));
      }
      assertThat(rig.server().counters().connectionsAccepted()).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(ModbusTransport.class)
  void readsAllTables(ModbusTransport transport) throws Exception {
    try (Rig rig = Rig.of(transport, Links.settings(0, Duration.ofSeconds(10)), tls, folder)) {
      rig.server().unit(1).set(Table.COIL, 3, 1).set(Table.INPUT_REGISTER, 4, 0x0A0D, 0x3A0A);
      rig.server().unit(9).set(Table.DISCRETE_INPUT, 65535, 1);
      rig.server().unit(9).set(Table.HOLDING_REGISTER, 0, 0xFFFF, 0x8000).fill(MASK);

      assertThat(rig.link().read(1, Table.COIL, 0, 2000)).startsWith(8, 0).hasSize(250);
      assertThat(rig.link().read(1, Table.INPUT_REGISTER, 4, 2)).containsExactly(10, 13, 58, 10);
      assertThat(rig.link().read(9, Table.HOLDING_REGISTER, 65411, 125)).hasSize(250);
      assertThat(rig.link().read(9, Table.DISCRETE_INPUT, 65535, 1))
          .containsExactly(Integer.bitCount(65535 ^ MASK) & 1);
    }
  }

  private static ModbusExceptionCode exceptionOf(ModbusLink link) throws Exception {
    try {
      link.read(1, Table.HOLDING_REGISTER, 0, 1);
      throw new AssertionError("the unit's refusal was lost");
    } catch (ModbusExceptionReply e) {
      return e.code();
    }
  }

  /** On a slow machine a read may fail at times; what it returns must be right at all times. */
  private static void awaitRightValue(ModbusLink link, int address) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(1))
        .pollInSameThread()
        .until(
            () -> Links.tryRead(link, 1, Table.HOLDING_REGISTER, address, 1),
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

  private record Case(String name, Fault fault, boolean alwaysFails) {
    @Override
    public String toString() {
      return name;
    }
  }
}
