// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.config.inventory.InventoryLoader;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.testing.Points;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.testing.TestTags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModbusPollingSessionTest {
  private final FakeConnection connection = new FakeConnection();
  private final Device<ModbusDevice> press1 = device("press1", 1);
  private final Device<ModbusDevice> press2 = device("press2", 2);
  private final List<Tag<ModbusTag>> tags = TestTags.registers(0, 10);

  @Test
  void remembersForEachDeviceAndListOfTagsWhatItRefuses() throws ProtocolException {
    ModbusPollingSession session = session(false);
    connection.hole(1, 5);
    session.read(press1, Points.of(press1, tags));
    assertThat(session.read(press2, Points.of(press2, tags)))
        .extracting(Measurement::quality)
        .containsOnly(Quality.GOOD);
    connection.takeRequests();
    session.read(press1, Points.of(press1, tags));
    session.read(press2, Points.of(press2, tags));
    assertThat(connection.takeRequests())
        .extracting(FakeConnection.Request::unit)
        .containsExactly(1, 1, 2);
  }

  @Test
  void aSilentDeviceLeavesTheOthersOnItsConnectionAlone() throws ProtocolException {
    ModbusPollingSession session = session(false);
    connection.silent(1);
    assertThatThrownBy(() -> session.read(press1, Points.of(press1, tags)))
        .isInstanceOf(ProtocolException.class);
    assertThat(session.read(press2, Points.of(press2, tags))).hasSize(10);
    assertThat(connection.opened()).isEqualTo(2);
  }

  @Test
  void keepsTheConnectionBetweenScans() throws ProtocolException {
    ModbusPollingSession session = session(false);
    session.connect();
    session.read(press1, Points.of(press1, tags));
    session.read(press1, Points.of(press1, tags));
    assertThat(connection.opened()).isEqualTo(1);
    assertThat(connection.isOpen()).isTrue();
    session.close();
    session.close();
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void closesTheConnectionAfterEachScanWhenAsked() throws ProtocolException {
    ModbusPollingSession session = session(true);
    session.connect();
    session.read(press1, Points.of(press1, tags));
    assertThat(connection.isOpen()).isFalse();
    session.read(press1, Points.of(press1, tags));
    assertThat(connection.opened()).isEqualTo(2);
    connection.silent(1);
    assertThatThrownBy(() -> session.read(press1, Points.of(press1, tags)))
        .isInstanceOf(ProtocolException.class);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void scansAgainWhileResponsesMayBeAnotherMasters() throws ProtocolException {
    connection.doubtful(2).hole(1, 5);
    assertThat(session(false).read(press1, Points.of(press1, tags))).hasSize(10);
    assertThat(connection.takeRequests())
        .as("what a doubtful scan learned is forgotten")
        .filteredOn(request -> request.quantity() == 10)
        .hasSize(3);
  }

  @Test
  void doubtfulResponsesAreNeverValues() {
    connection.doubtful(100);
    ModbusPollingSession session = session(false);
    assertThatThrownBy(() -> session.read(press1, Points.of(press1, tags)))
        .isInstanceOfSatisfying(
            ProtocolException.class,
            e -> {
              assertThat(e.scope()).isEqualTo(ProtocolException.Scope.DEVICE);
              assertThat(e.status()).isEqualTo("FOREIGN_RESPONSES");
              assertThat(e).hasMessageContaining("unit 1");
            });
  }

  @Test
  void namesTheUnitThatDelaysTheOthers() throws ProtocolException {
    ModbusPollingSession session = session(false);
    session.read(press2, Points.of(press2, tags));
    assertThat(session.delay()).isEmpty();
    connection.silent(1);
    assertThatThrownBy(() -> session.read(press1, Points.of(press1, tags)))
        .isInstanceOf(ProtocolException.class);
    session.read(press2, Points.of(press2, tags));
    assertThat(session.delay())
        .hasValueSatisfying(
            delay ->
                assertThat(delay).startsWith("unit 1 at tcp://fake:502 does not answer (TIMEOUT)"));
  }

  /** Firmware updates move the models of a SunSpec device. */
  @Test
  void findsTheModelsAgainOnANewConnection() throws Exception {
    sunSpec(40070);
    ModbusPollingSession session = session(false);
    List<Tag<ModbusTag>> power = List.of(sunSpecTag());
    List<Point<ModbusTag>> points = Points.of(press1, power);
    session.connect();
    assertThat(session.read(press1, points).get(0).value()).isEqualTo(new DoubleValue(500.0));
    sunSpec(40080);
    session.connect();
    assertThat(session.read(press1, points).get(0).value()).isEqualTo(new DoubleValue(500.0));
  }

  /** An inverter of 500 W; elsewhere its registers have other numbers. */
  private void sunSpec(int address) {
    connection.holding(40000, 0x5375).holding(40001, 0x6E53).holding(40002, 1);
    connection.holding(40003, address - 40004).holding(address, 103).holding(address + 1, 50);
    connection.holding(address + 52, 0xFFFF).holding(address + 14, 5).holding(address + 15, 2);
  }

  private static Tag<ModbusTag> sunSpecTag() throws Exception {
    Map<String, String> props =
        Map.of("name", "test", "topic", "t", "devices.a", "tcp://a", "tags.w", "sunspec:103.W");
    ModbusProtocol protocol = new ModbusProtocol();
    SourceConfig config = new SourceConfig(protocol, props);
    ModbusDriver driver = (ModbusDriver) protocol.bind(config);
    var inventory = InventoryLoader.load(config, driver, protocol).orThrow();
    return inventory.tagsOf(inventory.devices().get(0)).get(0);
  }

  @Test
  void namesTheEndpointInUse() {
    assertThat(session(false).currentEndpoint()).isEqualTo("tcp://fake:502");
  }

  private static Device<ModbusDevice> device(String name, int unit) {
    ModbusDevice any = TestTags.device().settings();
    Configuration config =
        Configuration.parse(ModbusSourceConfig.OVERRIDABLE.definition(), Map.of());
    ModbusDevice settings = new ModbusDevice(any.endpoint(), any.backup(), unit, config);
    return new Device<>(name, any.endpoint().url(), settings, Map.of());
  }

  private ModbusPollingSession session(boolean closeAfterPoll) {
    return new ModbusPollingSession(
        connection, closeAfterPoll, false, Duration.ofSeconds(60), Clock.SYSTEM);
  }
}
