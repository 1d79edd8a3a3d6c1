// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole tables with the headings and cells that vendors publish, and at most two settings. */
class VendorTablesTest {
  @TempDir Path folder;

  /**
   * Registers as a device sends them, in hexadecimal digits, and the value, or the status of a tag
   * that has none.
   */
  @ParameterizedTest(name = "{0} {2}")
  @CsvSource({
    "eastron-sdm630, 71, Phase 1 line to neutral volts., INPUT_REGISTER, 0, 43663333, 230.2, Volts",
    "eastron-sdm630, 71, Frequency of supply voltages., INPUT_REGISTER, 70, 4247E148, 49.97, Hz",
    "eastron-sdm630, 71, Phase 1 L_N volts THD, INPUT_REGISTER, 234, 40200000, 2.5, %",
    "eastron-sdm630, 71, L3 import kWh, INPUT_REGISTER, 350, 449A5000, 1234.5, kWh",
    "schneider-pm5000, 62, Current A, HOLDING_REGISTER, 2999, 41480000, 12.5, A",
    "schneider-pm5000, 62, Active Energy Delivered (Into Load), HOLDING_REGISTER, 3203,"
        + " 00000000075BCD15, 123456789, Wh",
    "schneider-pm5000, 62, Meter Model, HOLDING_REGISTER, 49, 504D353536300000, PM5560, ",
    "schneider-pm5000, 62, VT Secondary, HOLDING_REGISTER, 2027, 0064, 100, V",
    "huawei-sun2000, 90, PV1 voltage, HOLDING_REGISTER, 32016, 1A2B, 669.9, V",
    "huawei-sun2000, 90, Active power, HOLDING_REGISTER, 32080, FFFFFB2E, -1.234, kW",
    "huawei-sun2000, 90, Power factor, HOLDING_REGISTER, 32084, FC18, -1.0, ",
    "huawei-sun2000, 90, SN, HOLDING_REGISTER, 30015, 4855313233340000, HU1234, ",
    "huawei-sun2000, 90, Startup time, HOLDING_REGISTER, 32091, 5E0BE100, 2020-01-01T00:00:00Z, s",
    "huawei-sun2000, 90, Accumulated energy yield, HOLDING_REGISTER, 32106, 0001E240, 1234.56, kWh",
    "sma-inverter, 62, Grid frequency, INPUT_REGISTER, 30803, 00001386, 49.98, Hz",
    "sma-inverter, 62, DC current input [1], INPUT_REGISTER, 30769, 80000000, SENTINEL 0x80000000,"
        + " A",
    "sma-inverter, 62, Internal temperature, INPUT_REGISTER, 30953, 000001A5, 42.1, °C",
    "sma-inverter, 62, Condition, INPUT_REGISTER, 30201, 00FFFFFD, SENTINEL 0x00FFFFFD, ",
    "sma-inverter, 62, Total yield, INPUT_REGISTER, 30513, FFFFFFFFFFFFFFFF,"
        + " SENTINEL 0xFFFFFFFFFFFFFFFF, Wh",
    "sma-inverter, 62, UTC system time, INPUT_REGISTER, 30193, 5E0BE100, 2020-01-01T00:00:00Z, s",
    "sma-inverter, 62, Device name, INPUT_REGISTER, 39831, 5355, SU, ",
    "janitza-umg, 63, _G_ULN[0] voltage L1-N, HOLDING_REGISTER, 19000, 43663333, 230.2, V",
    "janitza-umg, 63, _SYSTIME time (UTC), HOLDING_REGISTER, 4, 5E0BE100, 1577836800, s",
    "janitza-umg, 63, _YEAR year, HOLDING_REGISTER, 8, 07EA, 2026, ",
    "fronius-inverter, 64, W, HOLDING_REGISTER, 40083, 3039FFFF, 1234.5, W",
    "fronius-inverter, 64, AphB, HOLDING_REGISTER, 40073, FFFF0000FFFE, SENTINEL 0xFFFF, A",
    "fronius-inverter, 64, W, HOLDING_REGISTER, 40083, 30398000, NO_SCALE_FACTOR, W",
    "fronius-inverter, 64, WH, HOLDING_REGISTER, 40093, 000186A00001, 1000000.0, Wh",
    "fronius-inverter, 64, Hz, HOLDING_REGISTER, 40085, 1389FFFE, 50.01, Hz"
  })
  void isReadAsItIs(
      String name,
      int tags,
      String tag,
      ModbusTable table,
      int address,
      String bytes,
      String value,
      String unit)
      throws Exception {
    Path file = folder.resolve("table.csv");
    try (var resource = VendorTablesTest.class.getResourceAsStream("/tables/" + name + ".csv")) {
      Files.copy(resource, file);
    }
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      int[] registers = new int[bytes.length() / 4];
      for (int i = 0; i < registers.length; i++) {
        registers[i] = Integer.parseInt(bytes.substring(4 * i, 4 * i + 4), 16);
      }
      server.unit(1).set(table, address, registers);
      Map<String, Measurement> read = MapsTest.read(server, file, settings(name));
      assertThat(read.keySet()).hasSize(tags);
      Measurement measurement = read.get(tag);
      assertThat(measurement).as("%s of %s", tag, read.keySet()).isNotNull();
      if (measurement.quality() == Quality.GOOD) {
        assertThat(MapsTest.text(measurement.value())).isEqualTo(value);
      } else {
        assertThat(measurement.status()).isEqualTo(value);
        assertThat(measurement.value()).isNull();
      }
      assertThat(measurement.tag().unit().orElse(null)).isEqualTo(unit);
    }
  }

  /** What the introductions of the tables say. */
  private static Map<String, String> settings(String table) {
    Map<String, String> settings = new HashMap<>();
    switch (table) {
      case "eastron-sdm630" -> {
        settings.put("modbus.address.notation", "modicon");
        settings.put("modbus.default.type", "float32");
      }
      case "schneider-pm5000" -> {
        settings.put("modbus.default.table", "holding");
        settings.put("modbus.address.base", "1");
      }
      case "sma-inverter" -> settings.put("modbus.default.table", "input");
      case "fronius-inverter" -> settings.put("modbus.address.base", "1");
      default -> settings.put("modbus.default.table", "holding");
    }
    return settings;
  }
}
