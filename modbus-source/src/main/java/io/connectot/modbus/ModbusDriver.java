// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.DeviceLine;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.LineOptions;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.TagLine;
import io.connectot.modbus.address.AddressParser;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.address.TableAddress;
import io.connectot.modbus.config.DeviceParser;
import io.connectot.modbus.config.ModbusConfig;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.config.SharedConnections;
import io.connectot.modbus.sunspec.SunSpecPoints;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.ModbusConnectionFactory;
import io.connectot.modbus.type.ByteOrdering;
import io.connectot.modbus.type.Codec;
import io.connectot.modbus.type.CodecParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The driver of a Modbus connector. */
final class ModbusDriver implements PollingDriver<ModbusDevice, ModbusTag> {
  /** The tag option that overrides the device's unit identifier; {@code unit} is another option. */
  static final String UNIT_ID = "unit.id";

  /** SunSpec numbers have the order of the specification. */
  private static final CodecParser SUNSPEC_CODECS = new CodecParser(ByteOrdering.ABCD);

  /** The tag option that names the register of a power of ten. */
  static final String SCALE_FROM = "scale.from";

  /** The tag option that names the table, or the function code, of an address. */
  static final String TABLE = "table";

  private final DeviceParser devices;
  private final AddressParser addresses;
  private final CodecParser codecs;
  private final SharedConnections connections =
      new SharedConnections(ModbusSourceConfig.CONNECTION);
  private final HealthPolicy healthPolicy;
  private final Duration longestUnitPause;
  private final ModbusConnectionFactory connectionFactory;
  private final Clock clock;

  /** The first tags that were parsed, for the connection test. Guarded by itself. */
  private final List<ModbusTag> firstTags = new ArrayList<>();

  ModbusDriver(Configuration config, ModbusConnectionFactory connectionFactory, Clock clock) {
    this.devices = new DeviceParser(config, ModbusSourceConfig.OVERRIDABLE);
    this.addresses =
        new AddressParser(
            config.get(ModbusConfig.ADDRESS_BASE),
            config.get(ModbusConfig.ADDRESS_NOTATION),
            config.get(ModbusConfig.DEFAULT_TABLE));
    this.codecs =
        new CodecParser(config.get(ModbusConfig.BYTE_ORDER), config.get(ModbusConfig.DEFAULT_TYPE));
    this.longestUnitPause = config.get(ModbusSourceConfig.DEGRADE_RETRY);
    this.healthPolicy =
        new HealthPolicy(config.get(ModbusSourceConfig.DEGRADE_AFTER_FAILURES), longestUnitPause);
    this.connectionFactory = connectionFactory;
    this.clock = clock;
  }

  @Override
  public ParsedDevice<ModbusDevice> parseDevice(DeviceLine line) throws LineException {
    ModbusDevice device = devices.parse(line.url());
    return new ParsedDevice<>(connections.join(line.name(), device), device);
  }

  @Override
  public ParsedTag<ModbusTag> parseTag(TagLine line) throws LineException {
    if (line.address().startsWith(SunSpecPoints.PREFIX)) {
      return sunSpec(line);
    }
    Optional<String> tableText = line.options().text(TABLE);
    Optional<ModbusTable> table =
        tableText.isPresent() ? Optional.of(ModbusTable.parse(tableText.get())) : Optional.empty();
    TableAddress address = addresses.parse(line.address(), table);
    OptionalInt unit = line.options().integer(UNIT_ID, 0, 255);
    Codec codec = codecs.parse(address, line.type(), line.options());
    Optional<ModbusTag> factor = scaleFactor(line.options(), address, unit, codec);
    ModbusTag tag = new ModbusTag(address, unit, codec, factor);
    remember(tag);
    return new ParsedTag<>(tag, factor.isPresent() ? ValueType.FLOAT64 : codec.valueType());
  }

  private ParsedTag<ModbusTag> sunSpec(TagLine line) throws LineException {
    SunSpecPoints.Point point = SunSpecPoints.parse(line.address());
    OptionalInt unit = OptionalInt.empty();
    TableAddress address = register(point.offset());
    Map<String, String> options = new HashMap<>();
    if (point.registers() > 0) {
      options.put("registers", Integer.toString(point.registers()));
    }
    if (!point.notImplemented().isEmpty()) {
      options.put("invalid", point.notImplemented());
    }
    Codec codec =
        SUNSPEC_CODECS.parse(address, Optional.of(point.type()), new LineOptions(options));
    if (point.factorOffset() < 0) {
      return new ParsedTag<>(
          new ModbusTag(address, unit, codec, Optional.empty(), point.models()), codec.valueType());
    }
    TableAddress factorAddress = register(point.factorOffset());
    Codec power =
        SUNSPEC_CODECS.parse(factorAddress, Optional.of("int16"), new LineOptions(Map.of()));
    ModbusTag factor = new ModbusTag(factorAddress, unit, power, Optional.empty(), point.models());
    return new ParsedTag<>(
        new ModbusTag(address, unit, codec, Optional.of(factor), point.models()),
        ValueType.FLOAT64);
  }

  private static TableAddress register(int offset) {
    return new TableAddress(ModbusTable.HOLDING_REGISTER, offset, OptionalInt.empty());
  }

  private Optional<ModbusTag> scaleFactor(
      LineOptions options, TableAddress valueAddress, OptionalInt unit, Codec codec)
      throws LineException {
    Optional<String> text = options.text(SCALE_FROM);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!codec.valueType().isNumeric()) {
      throw new LineException(
          "scale.from needs a number, but the type is " + codec.valueType().configName());
    }
    boolean named = text.get().indexOf(':') >= 0;
    TableAddress address =
        addresses.parse(text.get(), named ? Optional.empty() : Optional.of(valueAddress.table()));
    Codec power = codecs.parse(address, Optional.of("int16"), new LineOptions(Map.of()));
    return Optional.of(new ModbusTag(address, unit, power));
  }

  private void remember(ModbusTag tag) {
    synchronized (firstTags) {
      if (firstTags.size() < DeviceProbe.MAX_TAGS) {
        firstTags.add(tag);
      }
    }
  }

  /** Reads some tags: an open port alone does not make a Modbus device. */
  @Override
  public void testConnection(Device<ModbusDevice> device) throws ProtocolException {
    List<ModbusTag> tags;
    synchronized (firstTags) {
      tags = List.copyOf(firstTags);
    }
    try (ModbusConnection connection = connectionFactory.newConnection(device.settings())) {
      new DeviceProbe(device, connection).run(tags);
    }
  }

  @Override
  public PollingSession<ModbusDevice, ModbusTag> newSession(
      String endpoint, List<Device<ModbusDevice>> sharing) {
    ModbusDevice any = sharing.get(0).settings();
    return new ModbusPollingSession(
        connectionFactory.newConnection(any),
        any.config().get(ModbusSourceConfig.CLOSE_AFTER_POLL),
        longestUnitPause,
        clock);
  }

  @Override
  public HealthPolicy healthPolicy() {
    return healthPolicy;
  }
}
