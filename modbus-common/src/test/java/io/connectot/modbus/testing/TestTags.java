// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.modbus.address.AddressParser;
import io.connectot.modbus.address.TableAddress;
import io.connectot.modbus.codec.Codec;
import io.connectot.modbus.codec.CodecParser;
import io.connectot.modbus.config.ModbusConfig;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.type.ByteOrdering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes devices and tags of short lines: {@code holding:100 float32 order=CDAB}. */
public final class TestTags {
  private TestTags() {}

  /** The codec of a line. All its options must be known. */
  public static Codec codec(String line) throws LineException {
    return tag(line, Scaling.NONE).address().codec();
  }

  /** A tag. */
  public static Tag<ModbusTag> tag(String line) {
    try {
      return tag(line, Scaling.NONE);
    } catch (LineException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  /** A tag whose numbers are scaled. */
  public static Tag<ModbusTag> tag(String line, Scaling scaling) throws LineException {
    String[] words = line.split(" ");
    Optional<String> type = Optional.empty();
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 0) {
        type = Optional.of(words[i]);
      } else {
        options.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      }
    }
    LineOptions lineOptions = new LineOptions(options);
    TableAddress address = new AddressParser(0).parse(words[0]);
    OptionalInt unit = lineOptions.integer("unit.id", 0, 255);
    Codec codec = new CodecParser(ByteOrdering.ABCD).parse(address, type, lineOptions);
    if (!lineOptions.remaining().isEmpty()) {
      throw new LineException("unknown options " + lineOptions.remaining());
    }
    return new Tag<>(
        line,
        new ModbusTag(address, unit, codec),
        scaling.isIdentity() ? codec.valueType() : ValueType.FLOAT64,
        Optional.empty(),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        scaling,
        Map.of());
  }

  /** Adjacent {@code uint16} tags of holding registers. */
  public static List<Tag<ModbusTag>> registers(int from, int to) {
    List<Tag<ModbusTag>> tags = new ArrayList<>();
    for (int address = from; address < to; address++) {
      tags.add(tag("holding:" + address));
    }
    return tags;
  }

  /** A device with unit 1 and the defaults of all keys. */
  public static Device<ModbusDevice> device() {
    ModbusEndpoint endpoint = new ModbusEndpoint.Network(ModbusTransport.TCP, "fake", 502);
    Configuration config = Configuration.parse(ModbusConfig.CONNECTION.definition(), Map.of());
    ModbusDevice settings = new ModbusDevice(endpoint, Optional.empty(), 1, config);
    return new Device<>("press1", endpoint.url(), settings, Map.of());
  }
}
