// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.config.inventory.InventoryLoader;
import io.connectot.core.docs.DocPage;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.ModbusProtocol;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.sunspec.SunSpecPoints;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The register maps in the documentation, read from simulated devices. */
class MapsTest {
  private static final Path MAPS = DocPage.root().resolve("docs/maps");

  static List<String> maps() throws IOException {
    try (Stream<Path> files = Files.list(MAPS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".csv"))
          .map(name -> name.replace(".csv", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("maps")
  void isUnderstoodAndListed(String map) throws Exception {
    assertThat(Files.readString(MAPS.resolve("README.md"))).contains("(" + map + ".csv)");
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      chain(server, 40000);
      assertThat(read(server, MAPS.resolve(map + ".csv"), settings(map)).values())
          .hasSizeGreaterThan(20)
          .allMatch(measurement -> measurement.quality() == Quality.GOOD);
    }
  }

  /** Registers as a device sends them, at the address in its requests. */
  @ParameterizedTest
  @CsvSource({
    // 230.2, 49.97, 1234.5
    "eastron-sdm630, voltage_l1, INPUT_REGISTER, 0x0000, 43663333, 230.2",
    "eastron-sdm630, frequency, INPUT_REGISTER, 0x0046, 4247E148, 49.97",
    "eastron-sdm630, active_energy, INPUT_REGISTER, 0x0156, 449A5000, 1234.5",
    "schneider-pm5000, current_l1, HOLDING_REGISTER, 2999, 41480000, 12.5",
    "schneider-pm5000, active_power, HOLDING_REGISTER, 3059, 449A5000, 1234.5",
    "schneider-pm5000, import_active_energy, HOLDING_REGISTER, 3203, 00000000075BCD15, 123456789",
    "schneider-iem3000, frequency, HOLDING_REGISTER, 3109, 4247E148, 49.97",
    "schneider-iem3000, export_active_energy, HOLDING_REGISTER, 3207, 0000000000000007, 7",
    "janitza-umg, voltage_l1, HOLDING_REGISTER, 0x4A38, 43663333, 230.2",
    "janitza-umg, active_power, HOLDING_REGISTER, 0x4A52, C49A5000, -1234.5",
    "carlo-gavazzi-em24, voltage_l1, INPUT_REGISTER, 0x0000, 08FE0000, 230.2",
    "carlo-gavazzi-em24, active_power, INPUT_REGISTER, 0x0028, CFC7FFFF, -1234.5",
    "carlo-gavazzi-em24, frequency, INPUT_REGISTER, 0x0033, 01F4, 50.0",
    "carlo-gavazzi-em24, import_active_energy, INPUT_REGISTER, 0x0034, 86A00001, 10000.0",
    "abb-b23, import_active_energy, HOLDING_REGISTER, 0x5000, 000000000001E240, 1234.56",
    "abb-b23, voltage_l1, HOLDING_REGISTER, 0x5B00, 000008FE, 230.2",
    "abb-b23, active_power, HOLDING_REGISTER, 0x5B14, FFFE1DC6, -1234.5",
    "sunspec-inverter, active_power, HOLDING_REGISTER, 0x9C93, 3039FFFF, 1234.5",
    "sunspec-inverter, voltage_l1, HOLDING_REGISTER, 0x9C8F, 59EC00000000FFFE, 230.2",
    "sunspec-inverter, active_energy, HOLDING_REGISTER, 0x9C9D, 000186A00001, 1000000.0",
    "sunspec-inverter, manufacturer, HOLDING_REGISTER, 0x9C44, 41636D6500000000, Acme"
  })
  void readsWhatTheDeviceSends(
      String map, String tag, ModbusTable table, String address, String bytes, String value)
      throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      int[] registers = new int[bytes.length() / 4];
      for (int i = 0; i < registers.length; i++) {
        registers[i] = Integer.parseInt(bytes.substring(4 * i, 4 * i + 4), 16);
      }
      chain(server, 40000);
      server.unit(1).set(table, Integer.decode(address), registers);
      Measurement read = read(server, MAPS.resolve(map + ".csv"), settings(map)).get(tag);
      assertThat(read.quality()).isEqualTo(Quality.GOOD);
      assertThat(text(read.value())).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40000, 50000})
  void findsTheModelsOfASunSpecDevice(int start) throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      chain(server, start);
      server
          .unit(1)
          .set(ModbusTable.HOLDING_REGISTER, start + 83, 0xFF85, 0xFFFF, 5001, 0xFFFE)
          .set(ModbusTable.HOLDING_REGISTER, start + 139, 0x8000, 0, 0, 0, 0)
          .set(ModbusTable.HOLDING_REGISTER, start + 159, 0x0001, 0x86A0)
          .set(ModbusTable.HOLDING_REGISTER, start + 175, 1);
      Map<String, Measurement> read = read(server, MAPS.resolve("sunspec-inverter.csv"), Map.of());
      assertThat(text(read.get("active_power").value())).isEqualTo("-12.3");
      assertThat(text(read.get("frequency").value())).isEqualTo("50.01");
      read = read(server, MAPS.resolve("sunspec-meter.csv"), Map.of());
      assertThat(text(read.get("export_active_energy").value())).isEqualTo("1000000.0");
      assertThat(read.get("active_power").status()).isEqualTo("SENTINEL 0x8000");
    }
  }

  @Test
  void aModelThatTheDeviceDoesNotHaveIsBad(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("table.csv");
    Files.writeString(
        file, "name,address\npower,sunspec:103.W\nother,sunspec:meter.W\nplain,holding:7\n");
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server
          .unit(1)
          .set(ModbusTable.HOLDING_REGISTER, 40000, 0x5375, 0x6E53, 103, 50)
          .set(ModbusTable.HOLDING_REGISTER, 40054, 0xFFFF)
          .set(ModbusTable.HOLDING_REGISTER, 40016, 500, 1);
      Map<String, Measurement> read = read(server, file, Map.of());
      assertThat(text(read.get("power").value())).isEqualTo("5000.0");
      assertThat(read.get("other").status()).isEqualTo("NO_SUNSPEC_MODEL");
      assertThat(read.get("plain").quality()).isEqualTo(Quality.GOOD);
    }
  }

  @Test
  void aDeviceWithoutSunSpecIsNamed() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1);
      assertThatThrownBy(() -> read(server, MAPS.resolve("sunspec-meter.csv"), Map.of()))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("is no SunSpec device");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sunspec:invertor.W, unknown SunSpec model",
    "sunspec:inverter, unknown SunSpec model",
    "sunspec:inverter.TmpCap, 'did you mean TmpCab?'",
    "sunspec:103.Nothing, it has A"
  })
  void saysWhichPointsThereAre(String address, String message) {
    assertThatThrownBy(() -> SunSpecPoints.parse(address)).hasMessageContaining(message);
  }

  /** Models 1, 103 and 203, where a device has them. */
  private static void chain(SimulatedModbusServer server, int start) {
    server
        .unit(1)
        .set(ModbusTable.HOLDING_REGISTER, start, 0x5375, 0x6E53, 1, 65)
        .set(ModbusTable.HOLDING_REGISTER, start + 69, 103, 50)
        .set(ModbusTable.HOLDING_REGISTER, start + 121, 203, 105)
        .set(ModbusTable.HOLDING_REGISTER, start + 228, 0xFFFF);
  }

  /** As a vendor publishes it, with the settings that its introduction tells. */
  @Test
  void readsATableOfAVendorAsItIs(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("table.csv");
    try (var table = MapsTest.class.getResourceAsStream("/vendor-table.csv")) {
      Files.copy(table, file);
    }
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1).set(ModbusTable.INPUT_REGISTER, 0, 0x4366, 0x3333);
      Map<String, Measurement> read = read(server, file, Map.of());
      assertThat(read).hasSize(72);
      assertThat(text(read.get("Voltage l1_n").value())).isEqualTo("230.2");
      assertThat(read.get("Voltage l1_n").tag().unit()).hasValue("V");
      assertThat(read.get("Voltage l1_n").tag().attributes()).containsEntry("Access", "R");
    }
  }

  @Test
  void headingsSayThatAddressesAreHexadecimal(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("table.csv");
    Files.writeString(
        file,
        """
        Parameter,Register (hex),Function,Data Type
        a,1000,3,U16
        b,0FFE - 0FFF,3,U32
        c,1000 (4096),3,U16
        """,
        StandardCharsets.UTF_8);
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1).set(ModbusTable.HOLDING_REGISTER, 0xFFE, 1, 2, 3);
      Map<String, Measurement> read = read(server, file, Map.of());
      assertThat(text(read.get("a").value())).isEqualTo("3");
      assertThat(text(read.get("b").value())).isEqualTo("65538");
      assertThat(text(read.get("c").value())).isEqualTo("3");
    }
  }

  /** Without types, the default type has to fit the first and the last register. */
  @Test
  void rangesOfRegistersCheckTheDefaultType(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("table.csv");
    Files.writeString(file, "Parameter,Register,Function\na,100 - 101,3\nb,102,3\n");
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1).set(ModbusTable.HOLDING_REGISTER, 100, 0x4366, 0x3333, 0x4366, 0x3333);
      Map<String, String> settings = Map.of("modbus.default.type", "float32");
      assertThat(text(read(server, file, settings).get("a").value())).isEqualTo("230.2");
      assertThatThrownBy(() -> read(server, file, Map.of()))
          .hasMessageContaining("the address '100-101' has 2 registers")
          .hasMessageContaining("modbus.default.type");
    }
  }

  @Test
  void aNameThatIsThereTwiceIsReportedWithBothRows(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("table.csv");
    Files.writeString(
        file,
        """
        Parameter,Register,Function,Data Type
        Total,1,4,float
        Other,3,4,float
        Total,5,4,float
        """,
        StandardCharsets.UTF_8);
    Map<String, String> props = props("tcp://localhost:1", file, Map.of());
    ModbusProtocol protocol = new ModbusProtocol();
    SourceConfig config = new SourceConfig(protocol, props);
    var loaded =
        InventoryLoader.load(config, (PollingDriver<?, ?>) protocol.bind(config), protocol);
    assertThat(loaded.errors())
        .singleElement()
        .satisfies(
            error ->
                assertThat(error.message())
                    .contains("row 4")
                    .contains("'Total'")
                    .contains("row 2"));
  }

  private static Map<String, String> settings(String map) throws IOException {
    for (String line : Files.readAllLines(MAPS.resolve("README.md"))) {
      if (line.contains("(" + map + ".csv)")) {
        return line.contains("`modbus.address.base=1`")
            ? Map.of("modbus.address.base", "1")
            : Map.of();
      }
    }
    throw new AssertionError(map + " is not listed");
  }

  private static Map<String, String> props(String url, Path file, Map<String, String> settings) {
    Map<String, String> props = new HashMap<>(settings);
    props.put("name", "maps");
    props.put("topic", "energy");
    props.put("devices.meter", url + "?unit=1");
    props.put("tags.file", file.toString());
    return props;
  }

  static Map<String, Measurement> read(
      SimulatedModbusServer server, Path file, Map<String, String> settings) throws Exception {
    ModbusProtocol protocol = new ModbusProtocol();
    SourceConfig config = new SourceConfig(protocol, props(server.url(), file, settings));
    return read(config, (PollingDriver<?, ?>) protocol.bind(config), protocol);
  }

  private static <E, A> Map<String, Measurement> read(
      SourceConfig config, PollingDriver<E, A> driver, ModbusProtocol protocol) throws Exception {
    Inventory<E, A> inventory = InventoryLoader.load(config, driver, protocol).orThrow();
    Device<E> device = inventory.devices().get(0);
    List<Point<A>> points =
        inventory.tagsOf(device).stream().map((Tag<A> tag) -> new Point<>(device, tag)).toList();
    Map<String, Measurement> byTag = new HashMap<>();
    try (PollingSession<E, A> session = driver.newSession(device.endpoint(), List.of(device))) {
      session.connect();
      for (Measurement measurement : session.read(device, points)) {
        byTag.put(measurement.tag().name(), measurement);
      }
    }
    return byTag;
  }

  static String text(Value value) {
    if (value instanceof InstantValue instant) {
      return instant.value().toString();
    }
    if (value instanceof LongValue number) {
      return Long.toString(number.value());
    }
    if (value instanceof DoubleValue number) {
      return Double.toString(number.value());
    }
    return ((TextValue) value).value();
  }
}
