// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.testing.Points;
import io.connectot.modbus.FakeConnection;
import io.connectot.modbus.FakeConnection.Request;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.testing.TestTags;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags that a device does not answer cost the others nothing for long. */
class SilentTagsTest {
  private static final Duration RECHECK = Duration.ofMinutes(5);

  private final FakeConnection connection = new FakeConnection();
  private final WrappingClock time = new WrappingClock();

  /** Whether undefined registers are answered by silence or by exceptions of a gateway. */
  @ParameterizedTest
  @ValueSource(ints = {0, 10, 11})
  void aSilentRegisterAloneIsBad(int code) throws ProtocolException {
    undefined(code, 500);
    DeviceScan scan = scan(tags(0, 5, 100, 101, 102, 103, 104, 500));
    for (int i = 0; i < 4; i++) {
      List<Measurement> read = scan.run();
      assertGood(read.subList(0, 7));
      assertThat(read.get(7).quality()).isEqualTo(Quality.BAD);
      assertThat(read.get(7).status()).isEqualTo(status(code));
    }
    connection.takeRequests();
    scan.run();
    assertThat(connection.takeRequests())
        .as("it is not asked for again")
        .hasSize(3)
        .noneMatch(request -> request.covers(500));
  }

  @ParameterizedTest(name = "code {0}, register {1}")
  @CsvSource({"0, 0", "0, 63", "0, 124", "11, 7", "11, 200", "0, 499"})
  void aSilentRegisterAmongOthersIsFound(int code, int silent) throws ProtocolException {
    undefined(code, silent);
    DeviceScan scan = scan(TestTags.registers(0, 500));
    int scans = 0;
    int lost = 0;
    boolean found = false;
    while (!found && scans < 20) {
      scans++;
      int answered = 0;
      try {
        List<Measurement> read = scan.run();
        answered = (int) read.stream().filter(m -> m.quality() == Quality.GOOD).count();
      } catch (ProtocolException e) {
        lost++;
      }
      found = answered == 499;
    }
    assertThat(scans).isLessThanOrEqualTo(12);
    assertThat(lost).as("scans without a value").isLessThanOrEqualTo(1);
    scan.run();
    connection.takeRequests();
    List<Measurement> read = scan.run();
    assertThat(read.get(silent).status()).isEqualTo(status(code));
    assertThat(connection.takeRequests())
        .as("the fewest requests")
        .hasSize(silent == 63 || silent == 7 || silent == 200 ? 5 : 4)
        .noneMatch(request -> request.covers(silent));
  }

  @Test
  void oneBlockWithASilentRegisterIsTakenApart() throws ProtocolException {
    connection.hole(1, 2).holesAreSilent();
    DeviceScan scan = scan(TestTags.registers(0, 5));
    assertThatThrownBy(scan::run).isInstanceOf(ProtocolException.class);
    for (int i = 0; i < 6; i++) {
      scan.run();
    }
    assertThat(scan.run())
        .extracting(Measurement::quality)
        .containsExactly(Quality.GOOD, Quality.GOOD, Quality.BAD, Quality.GOOD, Quality.GOOD);
  }

  @Test
  void aUnitThatOnlyRejectsWhatItDoesNotLeaveUnansweredIsAway() throws ProtocolException {
    DeviceScan scan = scan(TestTags.registers(0, 120));
    assertGood(scan.run());
    connection.silentAbove(1).refusing(1, ModbusExceptionCode.ILLEGAL_DATA_VALUE);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(scan::run).isInstanceOf(ProtocolException.class);
    }
    connection.silentAbove(2000).accepting(1);
    assertGood(scan.run());
  }

  @Test
  void aLimitBelow125IsLearned() throws ProtocolException {
    connection.silentAbove(80);
    DeviceScan scan = scan(TestTags.registers(0, 120));
    assertThatThrownBy(scan::run).isInstanceOf(ProtocolException.class);
    scan.run();
    assertGood(scan.run());
    for (int i = 0; i < 8; i++) {
      assertGood(scan.run());
    }
    connection.takeRequests();
    assertGood(scan.run());
    assertThat(connection.takeRequests()).extracting(Request::quantity).containsExactly(80, 40);
  }

  @ParameterizedTest(name = "limit {0}, silent {1}: {2} requests")
  @CsvSource({"80, true, 7", "80, false, 7", "60, true, 9", "100, false, 5", "124, true, 5"})
  void fiveHundredRegistersTakeTheFewestRequestsOfTheLimit(int limit, boolean silent, int requests)
      throws ProtocolException {
    if (silent) {
      connection.silentAbove(limit);
    } else {
      connection.maxQuantity(limit);
    }
    DeviceScan scan = scan(TestTags.registers(0, 500));
    for (int i = 0; i < 30; i++) {
      try {
        scan.run();
      } catch (ProtocolException e) {
        assertThat(i).as("scans lost").isLessThan(2);
      }
    }
    connection.takeRequests();
    assertGood(scan.run());
    assertThat(connection.takeRequests()).hasSize(requests);
  }

  /** 500 tags, 3 registers apart: with a gap of 5 each request takes 42. */
  @Test
  void sparseRegistersTakeTheFewestRequestsAlsoAfterIsolation() throws ProtocolException {
    int[] addresses = new int[500];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = 3 * i;
    }
    BlockSettings settings = new BlockSettings(125, 2000, 5, false, Isolation.BISECT, RECHECK);
    DeviceScan scan = scan(settings, tags(addresses));
    scan.run();
    assertThat(connection.takeRequests()).hasSize(12);
    connection.hole(1, 600).holesAreSilent();
    for (int i = 0; i < 10; i++) {
      assertThat(scan.run().stream().filter(m -> m.quality() == Quality.GOOD).count())
          .as("of 500 tags at most those of one request are missing")
          .isGreaterThanOrEqualTo(458);
    }
    connection.takeRequests();
    assertThat(scan.run().stream().filter(m -> m.quality() == Quality.BAD).count()).isEqualTo(1);
    assertThat(connection.takeRequests()).as("600 is never read over").hasSize(13);
  }

  @Test
  void aSilentRegisterIsRecheckedAndComesBack() throws ProtocolException {
    connection.hole(1, 500).holesAreSilent();
    DeviceScan scan = scan(tags(0, 500));
    scan.run();
    scan.run();
    connection.takeRequests();
    time.pass(RECHECK);
    assertThat(scan.run().get(1).quality()).isEqualTo(Quality.BAD);
    assertThat(asked(500)).isEqualTo(1);
    scan.run();
    assertThat(asked(500)).as("not due again").isZero();
    scan.run();
    connection.fill(1);
    time.pass(RECHECK);
    assertGood(scan.run());
    assertGood(scan.run());
  }

  @Test
  void aDeviceThatIsAwayIsRecognizedAtOnce() throws ProtocolException {
    DeviceScan scan = scan(TestTags.registers(0, 500));
    assertGood(scan.run());
    connection.silent(1).takeRequests();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(scan::run).isInstanceOf(ProtocolException.class);
      assertThat(connection.takeRequests()).hasSize(1);
    }
    connection.speaking(1);
    assertGood(scan.run());
    connection.takeRequests();
    assertGood(scan.run());
    assertThat(connection.takeRequests()).as("nothing was learned").hasSize(4);
  }

  @Test
  void aDeviceThatGoesAwayDuringAScanIsAskedOnceMore() throws ProtocolException {
    DeviceScan scan = scan(tags(0, 10, 20, 30));
    assertGood(scan.run());
    connection.takeRequests();
    connection.silentFrom(2);
    assertThatThrownBy(scan::run).isInstanceOf(ProtocolException.class);
    assertThat(connection.takeRequests()).hasSize(4);
  }

  @Test
  void aLostResponseIsNotTakenForASilentRegister() throws ProtocolException {
    DeviceScan scan = scan(tags(0, 10, 20, 30));
    for (int i = 0; i < 10; i++) {
      assertGood(scan.run());
      connection.loseAfter(2);
      List<Measurement> read = scan.run();
      assertThat(read.stream().filter(m -> m.quality() == Quality.BAD).count()).isEqualTo(1);
    }
    assertGood(scan.run());
    connection.takeRequests();
    assertGood(scan.run());
    assertThat(connection.takeRequests()).hasSize(4);
  }

  @Test
  void aSilentRegisterOfAnotherUnitIsFoundToo() throws ProtocolException {
    connection.hole(7, 30).holesAreSilent();
    DeviceScan scan =
        scan(
            List.of(
                TestTags.tag("holding:0"),
                TestTags.tag("holding:10 unit.id=7"),
                TestTags.tag("holding:30 unit.id=7")));
    for (int i = 0; i < 3; i++) {
      List<Measurement> read = scan.run();
      assertGood(read.subList(0, 2));
      assertThat(read.get(2).status()).isEqualTo("TIMEOUT");
    }
  }

  private void undefined(int code, int address) {
    connection.hole(1, address);
    if (code == 0) {
      connection.holesAreSilent();
    } else {
      connection.holeCode(ModbusExceptionCode.of(code));
    }
  }

  private static String status(int code) {
    return code == 0 ? "TIMEOUT" : ModbusExceptionCode.of(code).toString();
  }

  private long asked(int address) {
    return connection.takeRequests().stream().filter(request -> request.covers(address)).count();
  }

  private static void assertGood(List<Measurement> read) {
    assertThat(read).allMatch(measurement -> measurement.quality() == Quality.GOOD);
  }

  private static List<Tag<ModbusTag>> tags(int... addresses) {
    List<Tag<ModbusTag>> tags = new ArrayList<>();
    Arrays.stream(addresses).forEach(address -> tags.add(TestTags.tag("holding:" + address)));
    return tags;
  }

  private DeviceScan scan(List<Tag<ModbusTag>> tags) {
    return scan(new BlockSettings(125, 2000, 0, false, Isolation.BISECT, RECHECK), tags);
  }

  private DeviceScan scan(BlockSettings settings, List<Tag<ModbusTag>> tags) {
    Device<ModbusDevice> device = TestTags.device();
    return new DeviceScan(
        device,
        settings,
        Points.of(device, tags),
        Map.of(),
        connection,
        new UnitHealth(Duration.ofSeconds(60)),
        time.clock());
  }
}
