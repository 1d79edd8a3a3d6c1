// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.TagLine;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.address.TableAddress;
import io.connectot.modbus.codec.Codec;
import io.connectot.modbus.codec.CodecParser;
import io.connectot.modbus.config.DeviceParser;
import io.connectot.modbus.config.ModbusConfig;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.config.SharedConnections;
import io.connectot.modbus.config.TagParser;
import io.connectot.modbus.sunspec.SunSpecPoints;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.ModbusConnectionFactory;
import io.connectot.modbus.type.ByteOrdering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The driver of a Modbus connector. */
final class ModbusDriver implements PollingDriver<ModbusDevice, ModbusTag> {
  /** Requests without a response for which the connection test has time. */
  private static final int TESTED_REQUESTS = 4;

  /** The worker's REST interface waits 90 seconds. */
  private static final Duration LONGEST_TEST = Duration.ofSeconds(60);

  /** SunSpec numbers have the order of the specification. */
  private static final CodecParser SUNSPEC_CODECS = new CodecParser(ByteOrdering.ABCD);

  private final DeviceParser devices;
  private final TagParser tags;
  private final SharedConnections connections =
      new SharedConnections(ModbusSourceConfig.CONNECTION);
  private final HealthPolicy healthPolicy;
  private final Duration longestUnitPause;
  private final boolean identifies;
  private final Duration testLimit;
  private final ModbusConnectionFactory connectionFactory;
  private final Clock clock;

  /** The first tags that were parsed, for the connection test. Guarded by itself. */
  private final List<ModbusTag> firstTags = new ArrayList<>();

  ModbusDriver(Configuration config, ModbusConnectionFactory connectionFactory, Clock clock) {
    this.devices = new DeviceParser(config, ModbusSourceConfig.OVERRIDABLE);
    this.tags = new TagParser(config);
    this.longestUnitPause = config.get(ModbusSourceConfig.DEGRADE_RETRY);
    this.identifies = config.get(ModbusSourceConfig.IDENTIFICATION);
    Duration requests =
        config
            .get(ModbusConfig.REQUEST_TIMEOUT)
            .multipliedBy(TESTED_REQUESTS * (config.get(ModbusConfig.REQUEST_RETRIES) + 1L));
    this.testLimit =
        config
            .get(ModbusConfig.CONNECT_TIMEOUT)
            .plus(config.get(ModbusConfig.PAUSE_AFTER_CONNECT))
            .plus(requests);
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
    ModbusTag tag = tags.parse(line);
    remember(tag);
    return new ParsedTag<>(
        tag, tag.scaleFactor().isPresent() ? ValueType.FLOAT64 : tag.codec().valueType());
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
    List<ModbusTag> tested;
    synchronized (firstTags) {
      tested = List.copyOf(firstTags);
    }
    try (ModbusConnection connection = connectionFactory.newConnection(device.settings())) {
      new DeviceProbe(device, connection).run(tested);
    }
  }

  /** Time to connect, and for some requests that are not answered. */
  @Override
  public Duration testLimit() {
    return testLimit.compareTo(LONGEST_TEST) < 0 ? testLimit : LONGEST_TEST;
  }

  @Override
  public PollingSession<ModbusDevice, ModbusTag> newSession(
      String endpoint, List<Device<ModbusDevice>> sharing) {
    ModbusDevice any = sharing.get(0).settings();
    return new ModbusPollingSession(
        connectionFactory.newConnection(any),
        any.config().get(ModbusSourceConfig.CLOSE_AFTER_POLL),
        identifies,
        longestUnitPause,
        clock);
  }

  @Override
  public HealthPolicy healthPolicy() {
    return healthPolicy;
  }
}
