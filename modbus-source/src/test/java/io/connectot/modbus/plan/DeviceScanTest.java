// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceScanTest {
  private static final Duration RECHECK = Duration.ofMinutes(5);
  private static final BlockSettings DEFAULT = settings(0, Isolation.BISECT);
  private static final String ILLEGAL = "2 ILLEGAL_DATA_ADDRESS";

  private final FakeConnection connection = new FakeConnection();
  private final WrappingClock time = new WrappingClock();

  @Test
  void readsValuesOfAllTables() throws ProtocolException {
    List<Measurement> read =
        scan(DEFAULT, tags("holding:258", "coil:3", "discrete:4", "input:5.0")).run();
    assertThat(read)
        .extracting(measurement -> measurement.value().toString())
        .containsExactly(
            "LongValue[value=258]",
            "BooleanValue[value=true]",
            "BooleanValue[value=false]",
            "BooleanValue[value=true]");
    assertThat(connection.takeRequests()).hasSize(4);
  }

  @Test
  void aBlockHasTheTimeOfItsResponse() throws ProtocolException {
    List<Measurement> read = scan(DEFAULT, TestTags.registers(0, 2)).run();
    assertThat(read)
        .extracting(Measurement::timestampNanos)
        .containsOnly(time.now().getEpochSecond() * 1_000_000_000L);
  }

  @Test
  void readsFiveHundredRegistersInFourRequests() throws ProtocolException {
    DeviceScan scan = scan(DEFAULT, TestTags.registers(0, 500));
    assertGood(scan.run(), 500);
    assertThat(connection.takeRequests()).hasSize(4);
  }

  @ParameterizedTest(name = "{0} without register {1}: {2} requests")
  @CsvSource({
    "BISECT, 250, 4",
    "BISECT, 60, 5",
    "BISECT, 0, 4",
    "BISECT, 499, 4",
    "SINGLE, 250, 4",
    "SINGLE, 60, 5"
  })
  void anIllegalRegisterCostsNoMoreThanItsOwnPlace(Isolation isolation, int illegal, int requests)
      throws ProtocolException {
    connection.hole(1, illegal);
    DeviceScan scan = scan(settings(0, isolation), TestTags.registers(0, 500));

    assertIllegalOnly(scan.run(), illegal);
    assertThat(connection.takeRequests()).hasSizeLessThan(isolation == Isolation.BISECT ? 20 : 130);

    for (int i = 0; i < 3; i++) {
      assertIllegalOnly(scan.run(), illegal);
      List<Request> asked = connection.takeRequests();
      assertThat(asked).hasSize(requests);
      assertThat(asked).noneMatch(request -> request.covers(illegal));
    }
  }

  @Test
  void isolatesSeveralIllegalRegistersInOneScan() throws ProtocolException {
    connection.hole(1, 3, 4, 77, 130);
    DeviceScan scan = scan(DEFAULT, TestTags.registers(0, 200));
    assertIllegalOnly(scan.run(), 3, 4, 77, 130);
    connection.takeRequests();
    assertIllegalOnly(scan.run(), 3, 4, 77, 130);
    assertThat(connection.takeRequests()).hasSize(4);
  }

  @Test
  void aHoleBetweenTagsIsReadOverOnlyUntilItIsRefused() throws ProtocolException {
    connection.hole(1, 10);
    List<Tag<ModbusTag>> tags = new ArrayList<>(TestTags.registers(0, 10));
    tags.addAll(TestTags.registers(11, 20));
    DeviceScan scan = scan(settings(5, Isolation.BISECT), tags);
    assertGood(scan.run(), 19);
    connection.takeRequests();
    assertGood(scan.run(), 19);
    assertThat(connection.takeRequests()).extracting(Request::quantity).containsExactly(10, 9);
  }

  @Test
  void neverBridgesAnIllegalRegister() throws ProtocolException {
    connection.hole(1, 10);
    DeviceScan scan = scan(settings(5, Isolation.BISECT), TestTags.registers(0, 20));
    assertIllegalOnly(scan.run(), 10);
    connection.takeRequests();
    assertIllegalOnly(scan.run(), 10);
    assertThat(connection.takeRequests()).extracting(Request::quantity).containsExactly(10, 9);
  }

  @Test
  void settlesOnADeviceThatReadsLessThanItShould() throws ProtocolException {
    connection.maxQuantity(50);
    DeviceScan scan = scan(DEFAULT, TestTags.registers(0, 125));
    for (int i = 0; i < 3; i++) {
      assertGood(scan.run(), 125);
    }
    connection.takeRequests();
    assertGood(scan.run(), 125);
    assertThat(connection.takeRequests()).hasSize(3).allMatch(request -> request.quantity() <= 50);
  }

  @Test
  void singleSettlesOnADeviceThatReadsLessThanItShould() throws ProtocolException {
    connection.maxQuantity(1);
    DeviceScan scan = scan(settings(0, Isolation.SINGLE), TestTags.registers(0, 5));
    assertGood(scan.run(), 5);
    connection.takeRequests();
    assertGood(scan.run(), 5);
    assertThat(connection.takeRequests()).hasSize(5);
  }

  @Test
  void withoutIsolationAllTagsOfTheBlockAreBad() throws ProtocolException {
    connection.hole(1, 10);
    DeviceScan scan = scan(settings(0, Isolation.NONE), TestTags.registers(0, 200));
    for (int i = 0; i < 2; i++) {
      List<Measurement> read = scan.run();
      assertThat(read.subList(0, 125)).extracting(Measurement::status).containsOnly(ILLEGAL);
      assertGood(read.subList(125, 200), 75);
      assertThat(connection.takeRequests()).hasSize(2);
    }
  }

  @Test
  void rechecksAnIllegalRegisterAndTakesItBack() throws ProtocolException {
    connection.hole(1, 60);
    DeviceScan scan = scan(DEFAULT, TestTags.registers(0, 125));
    scan.run();
    scan.run();
    connection.takeRequests();

    time.pass(RECHECK.minusNanos(1));
    assertIllegalOnly(scan.run(), 60);
    assertThat(connection.takeRequests()).hasSize(2);

    time.pass(Duration.ofNanos(1));
    assertIllegalOnly(scan.run(), 60);
    assertThat(connection.takeRequests()).hasSize(3);
    assertIllegalOnly(scan.run(), 60);
    assertThat(connection.takeRequests()).as("not due again").hasSize(2);

    connection.fill(1);
    time.pass(RECHECK);
    assertGood(scan.run(), 125);
    connection.takeRequests();
    assertGood(scan.run(), 125);
    assertThat(connection.takeRequests()).hasSize(1);
  }

  @Test
  void oneReadableRegisterBringsItsWholeTableBack() throws ProtocolException {
    connection.hole(1, 1, 2, 3, 4);
    DeviceScan scan = scan(DEFAULT, TestTags.registers(1, 5));
    assertThat(scan.run()).extracting(Measurement::status).containsOnly(ILLEGAL);
    connection.takeRequests();
    scan.run();
    assertThat(connection.takeRequests()).as("all are refused").isEmpty();
    connection.fill(1);
    time.pass(RECHECK);
    assertGood(scan.run(), 4);
    assertThat(connection.takeRequests()).as("recheck and block").hasSize(2);
  }

  @Test
  void triesALongerBlockAgainAfterTheRecheckTime() throws ProtocolException {
    connection.maxQuantity(5);
    DeviceScan scan = scan(DEFAULT, TestTags.registers(0, 10));
    scan.run();
    connection.takeRequests();
    connection.maxQuantity(125);
    scan.run();
    assertThat(connection.takeRequests()).hasSize(2);
    time.pass(RECHECK);
    scan.run();
    assertThat(connection.takeRequests()).hasSize(1);
  }

  @Test
  void aDeviceFailureOfAPartIsThatPartsOwn() throws ProtocolException {
    connection.hole(1, 7).holeCode(ModbusExceptionCode.SERVER_DEVICE_FAILURE);
    DeviceScan scan = scan(DEFAULT, TestTags.registers(0, 16));
    assertThat(scan.run().get(7).status()).isEqualTo("4 SERVER_DEVICE_FAILURE");
    connection.takeRequests();
    List<Measurement> read = scan.run();
    assertThat(read.get(7).status()).isEqualTo("4 SERVER_DEVICE_FAILURE");
    assertThat(connection.takeRequests()).hasSize(2).noneMatch(request -> request.covers(7));
  }

  @Test
  void aDeviceFailureOfAllIsAskedAsABlockAndOverAtOnce() throws ProtocolException {
    connection.refusing(1, ModbusExceptionCode.SERVER_DEVICE_FAILURE);
    DeviceScan scan = scan(DEFAULT, TestTags.registers(0, 16));
    scan.run();
    connection.takeRequests();
    assertThat(scan.run()).extracting(Measurement::status).containsOnly("4 SERVER_DEVICE_FAILURE");
    assertThat(connection.takeRequests()).hasSize(1);
    connection.accepting(1);
    assertGood(scan.run(), 16);
    assertThat(connection.takeRequests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1 ILLEGAL_FUNCTION",
    "5, 5 ACKNOWLEDGE",
    "6, 6 SERVER_DEVICE_BUSY",
    "8, 8 MEMORY_PARITY_ERROR",
    "99, 99 UNKNOWN_EXCEPTION"
  })
  void otherExceptionsAreTheStatusOfTheBlock(int code, String status) throws ProtocolException {
    connection.refusing(1, ModbusExceptionCode.of(code));
    DeviceScan scan = scan(DEFAULT, TestTags.registers(0, 16));
    assertThat(scan.run()).extracting(Measurement::status).containsOnly(status);
    assertThat(connection.takeRequests()).as("not taken apart").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11})
  void aGatewayWithoutAnswerMeansThatTheDeviceDoesNotAnswer(int code) {
    connection.refusing(1, ModbusExceptionCode.of(code));
    DeviceScan scan = scan(DEFAULT, TestTags.registers(0, 16));
    assertThatThrownBy(scan::run)
        .isInstanceOfSatisfying(
            ProtocolException.class,
            e -> {
              assertThat(e.scope()).isEqualTo(Scope.DEVICE);
              assertThat(e.status()).startsWith(code + " GATEWAY_");
              assertThat(e).hasMessageContaining("press1").hasMessageContaining("unit 1");
            });
  }

  @Test
  void aSilentDeviceFailsTheScan() throws ProtocolException {
    connection.silent(1);
    DeviceScan scan = scan(DEFAULT, TestTags.registers(0, 500));
    assertThatThrownBy(scan::run)
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.scope()).isEqualTo(Scope.DEVICE));
    assertThat(connection.takeRequests()).as("the other blocks are not asked for").hasSize(1);
    connection.speaking(1);
    assertGood(scan.run(), 500);
  }

  @Test
  void aSilentUnitOfATagsOwnDoesNotStallTheDevice() throws ProtocolException {
    connection.silent(7);
    List<Tag<ModbusTag>> tags =
        tags("holding:0", "holding:5 unit.id=7", "input:5 unit.id=7", "holding:1");
    DeviceScan scan = scan(DEFAULT, tags);

    List<Measurement> read = scan.run();
    assertThat(read)
        .extracting(Measurement::quality)
        .containsExactly(Quality.GOOD, Quality.BAD, Quality.BAD, Quality.GOOD);
    assertThat(read.get(1).status()).isEqualTo("TIMEOUT");
    assertThat(asked(7)).as("its second block is not asked for").isEqualTo(1);

    int asked = 0;
    for (int second = 0; second < 300; second++) {
      time.pass(Duration.ofSeconds(1));
      assertThat(scan.run().get(2).status()).isEqualTo("TIMEOUT");
      asked += asked(7);
    }
    assertThat(asked).as("after 1, 2, 4 … 32 seconds, then every 60").isEqualTo(9);

    connection.speaking(7);
    time.pass(Duration.ofSeconds(60));
    assertGood(scan.run(), 4);
    time.pass(Duration.ofSeconds(1));
    connection.takeRequests();
    scan.run();
    assertThat(asked(7)).isEqualTo(2);
  }

  @Test
  void aGatewayWithoutAnswerOfATagsOwnUnitIsThatTagsStatus() throws ProtocolException {
    connection.refusing(7, ModbusExceptionCode.GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND);
    List<Measurement> read = scan(DEFAULT, tags("holding:0", "holding:5 unit.id=7")).run();
    assertThat(read.get(0).quality()).isEqualTo(Quality.GOOD);
    assertThat(read.get(1).status()).isEqualTo("11 GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND");
  }

  @Test
  void aLostConnectionFailsTheScanWhateverTheUnit() {
    connection.unreachable();
    DeviceScan scan = scan(DEFAULT, tags("holding:5 unit.id=7"));
    assertThatThrownBy(scan::run)
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.scope()).isEqualTo(Scope.CONNECTION));
  }

  @Test
  void knowsThatTheDeviceIsAwayEvenWhenAllItsTagsAreRefused() throws ProtocolException {
    connection.hole(1, 5);
    DeviceScan scan = scan(DEFAULT, tags("holding:5"));
    assertThat(scan.run().get(0).status()).isEqualTo(ILLEGAL);
    connection.close();
    connection.unreachable();
    assertThatThrownBy(scan::run).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @EnumSource(Isolation.class)
  void everyTagHasOneMeasurementInItsPlace(Isolation isolation) throws ProtocolException {
    connection.hole(1, 3, 40, 41, 99).silent(9);
    List<Tag<ModbusTag>> tags = new ArrayList<>(TestTags.registers(0, 130));
    tags.add(5, TestTags.tag("holding:39 uint32"));
    tags.add(9, TestTags.tag("coil:3"));
    tags.add(9, TestTags.tag("holding:1 unit.id=9"));
    DeviceScan scan = scan(settings(2, isolation), tags);
    for (int i = 0; i < 5; i++) {
      List<Measurement> read = scan.run();
      assertThat(read).doesNotContainNull();
      List<Tag<?>> inOrder = new ArrayList<>();
      read.forEach(measurement -> inOrder.add(measurement.tag()));
      assertThat(inOrder).isEqualTo(tags);
      time.pass(Duration.ofMinutes(2));
    }
  }

  private int asked(int unit) {
    return (int)
        connection.takeRequests().stream().filter(request -> request.unit() == unit).count();
  }

  private static void assertGood(List<Measurement> read, int count) {
    assertThat(read).hasSize(count).allMatch(measurement -> measurement.quality() == Quality.GOOD);
  }

  /** The tags are those of adjacent registers from 0 on. */
  private static void assertIllegalOnly(List<Measurement> read, int... illegal) {
    for (int i = 0; i < read.size(); i++) {
      int address = i;
      if (Arrays.stream(illegal).anyMatch(number -> number == address)) {
        assertThat(read.get(i).status()).isEqualTo(ILLEGAL);
      } else {
        assertThat(read.get(i).value()).isEqualTo(new LongValue(i));
      }
    }
  }

  private static List<Tag<ModbusTag>> tags(String... lines) {
    return Arrays.stream(lines).map(TestTags::tag).toList();
  }

  private static BlockSettings settings(int maxGap, Isolation isolation) {
    return new BlockSettings(125, 2000, maxGap, false, isolation, RECHECK);
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
