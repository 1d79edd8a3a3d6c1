// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryMethod;
import io.connectot.core.spi.discovery.DiscoveryMethod.Parameter;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.address.TableAddress;
import io.connectot.modbus.config.ModbusConfig;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.discovery.RegisterView;
import io.connectot.modbus.discovery.UnitScan;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.ModbusConnectionFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Shows registers in every type and order, the units of a line, and SunSpec models. */
public final class ModbusDiscovery implements Discovery {
  private static final String REGISTERS = "registers";
  private static final String UNITS = "units";
  private static final String SUNSPEC = "sunspec";

  /** Short, because most units of a line are not there. */
  private static final int SCAN_TIMEOUT = 300;

  private final Function<AbstractConfig, ModbusConnectionFactory> connections;

  /** Uses real connections. */
  public ModbusDiscovery() {
    this(ModbusProtocol::connections);
  }

  ModbusDiscovery(Function<AbstractConfig, ModbusConnectionFactory> connections) {
    this.connections = connections;
  }

  @Override
  public String title() {
    return "Modbus";
  }

  @Override
  public String connectorClass() {
    return ModbusSourceConnector.class.getName();
  }

  @Override
  public String addressKey() {
    return "devices.";
  }

  @Override
  public String addressExample() {
    return "tcp://10.0.0.5:502?unit=1";
  }

  @Override
  public List<DiscoveryMethod> methods() {
    return List.of(
        DiscoveryMethod.of(
            REGISTERS,
            "Registers",
            new Parameter(
                "table", "Table", "holding", List.of("holding", "input", "coil", "discrete")),
            Parameter.of("start", "First address, from 0", "0"),
            Parameter.of("count", "How many, at most 125", "20")),
        DiscoveryMethod.of(
            UNITS,
            "Units of the line",
            Parameter.of("first", "First unit", "1"),
            Parameter.of("last", "Last unit", "32"),
            Parameter.of("timeout", "Time to answer (ms)", Integer.toString(SCAN_TIMEOUT))),
        DiscoveryMethod.of(SUNSPEC, "SunSpec models"));
  }

  @Override
  public void discover(DiscoveryRequest request, DiscoveryRun run)
      throws LineException, ProtocolException {
    Map<String, String> config = new HashMap<>(request.config());
    if (request.method().equals(UNITS)) {
      int timeout = request.number("timeout", SCAN_TIMEOUT, 10, 10_000);
      config.put(ModbusConfig.REQUEST_TIMEOUT.name(), Integer.toString(timeout));
      config.put(ModbusConfig.REQUEST_RETRIES.name(), "0");
    }
    ConfigDef definition = new ConfigDef();
    new ModbusProtocol().defineConfig(definition);
    Configuration keys = Configuration.parse(definition, config);
    ModbusConnectionFactory factory = connections.apply(keys.kafka());
    ModbusDriver driver = new ModbusDriver(keys, factory, Clock.SYSTEM);
    ModbusDevice device =
        driver.parseDevice(new DeviceLine("device", request.address())).settings();
    try (ModbusConnection connection = factory.newConnection(device)) {
      run.closeOnCancel(connection);
      connection.open();
      switch (request.method()) {
        case REGISTERS -> registers(request, run, keys, device.unit(), connection);
        case UNITS -> units(request, run, connection);
        case SUNSPEC -> new SunSpecView(driver, connection, device).show(run);
        default -> throw new LineException("method=" + request.method() + ": unknown");
      }
    }
  }

  private static void registers(
      DiscoveryRequest request,
      DiscoveryRun run,
      Configuration keys,
      int unit,
      ModbusConnection connection)
      throws LineException, ProtocolException {
    ModbusTable table = ModbusTable.parse(request.text("table", "holding"));
    int start = request.number("start", 0, 0, TableAddress.SPACE - 1);
    int count = request.number("count", 20, 1, 125);
    new RegisterView(
            connection,
            unit,
            table,
            keys.get(ModbusConfig.BYTE_ORDER),
            keys.get(ModbusConfig.ADDRESS_BASE))
        .show(start, Math.min(count, TableAddress.SPACE - start), run);
  }

  private static void units(DiscoveryRequest request, DiscoveryRun run, ModbusConnection connection)
      throws LineException, ProtocolException {
    int first = request.number("first", 1, 0, 255);
    int last = request.number("last", 32, first, 255);
    new UnitScan(connection, request.address()).run(first, last, run);
  }
}
