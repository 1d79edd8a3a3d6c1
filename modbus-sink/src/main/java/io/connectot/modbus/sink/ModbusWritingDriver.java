// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.WritingDriver;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import io.connectot.modbus.config.DeviceParser;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.config.SharedConnections;
import io.connectot.modbus.config.TagParser;
import io.connectot.modbus.transport.ModbusConnectionFactory;
import java.util.List;
import java.util.Map;

/** The driver of a Modbus sink. */
final class ModbusWritingDriver implements WritingDriver<ModbusDevice, ModbusTag> {
  private final DeviceParser devices;
  private final TagParser tags;
  private final SharedConnections connections = new SharedConnections(ModbusSinkConfig.OVERRIDABLE);
  private final ModbusConnectionFactory connectionFactory;

  ModbusWritingDriver(Configuration config, ModbusConnectionFactory connectionFactory) {
    this.devices = new DeviceParser(config, ModbusSinkConfig.OVERRIDABLE);
    this.tags = new TagParser(config);
    this.connectionFactory = connectionFactory;
  }

  @Override
  public ParsedDevice<ModbusDevice> parseDevice(DeviceLine line) throws LineException {
    ModbusDevice device = devices.parse(line.url());
    return new ParsedDevice<>(connections.join(line.name(), device), device);
  }

  @Override
  public ParsedTag<ModbusTag> parseTag(TagLine line) throws LineException {
    ModbusTag tag = tags.parse(line);
    boolean scaled = tag.scaleFactor().isPresent();
    return new ParsedTag<>(tag, scaled ? ValueType.FLOAT64 : tag.codec().valueType());
  }

  @Override
  public void checkTag(Tag<ModbusTag> tag) throws LineException {
    String refusal = tag.writeRule().isPresent() ? TagWriter.refusal(tag.address()) : null;
    if (refusal != null) {
      throw new LineException(refusal);
    }
  }

  @Override
  public WritingSession<ModbusDevice, ModbusTag> newWritingSession(
      String endpoint, Map<Device<ModbusDevice>, List<Tag<ModbusTag>>> sharing) {
    ModbusDevice any = sharing.keySet().iterator().next().settings();
    return new ModbusWritingSession(connectionFactory.newConnection(any));
  }
}
