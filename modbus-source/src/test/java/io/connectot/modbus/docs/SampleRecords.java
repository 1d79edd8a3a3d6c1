// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.config.inventory.InventoryLoader;
import io.connectot.core.mapping.DeviceMapper;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.event.EventMapper;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver;
import io.connectot.core.testing.Points;
import io.connectot.modbus.ModbusProtocol;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.type.DecodedValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.json.JsonConverter;

/** Records as a worker with JsonConverter writes them, made of registers. For one thread. */
final class SampleRecords {
  private static final Instant SCAN = Instant.parse("2026-11-21T08:00:00.012345Z");
  private static final Map<String, String> CONFIG =
      Map.of(
          "name", "press-shop",
          "topic", "plant.${device}",
          "status.topic", "plant.status",
          "gap.topic", "plant.gaps",
          "uns.path", "acme/munich/press-shop",
          "devices.press1", "tcp://10.0.0.5:502",
          "tags.temperature", "holding:100 float32 unit=°C",
          "tags.strokes", "holding:104 uint32",
          "tags.broken", "holding:999 uint16");

  private final ObjectMapper json = new ObjectMapper();
  private final SourceConfig config;
  private final Inventory<ModbusDevice, ModbusTag> inventory;
  private final Device<ModbusDevice> device;

  SampleRecords(String layout) {
    Map<String, String> props = new HashMap<>(CONFIG);
    props.put("record.layout", layout);
    ModbusProtocol protocol = new ModbusProtocol();
    config = new SourceConfig(protocol, props);
    inventory = load(protocol);
    device = inventory.devices().get(0);
  }

  @SuppressWarnings("unchecked")
  private Inventory<ModbusDevice, ModbusTag> load(ModbusProtocol protocol) {
    var driver = (Driver<ModbusDevice, ModbusTag>) protocol.bind(config);
    return InventoryLoader.load(config, driver, protocol).orThrow();
  }

  /** What a scan becomes. */
  String scan(String... tags) {
    DeviceMapper mapper = RecordMapper.of(config.mapping(), inventory.tags()).forDevice(device);
    List<Measurement> scan = new ArrayList<>();
    for (String name : tags) {
      scan.add(
          switch (name) {
            case "temperature" -> read(name, "42B5 3333");
            case "strokes" -> read(name, "0001 86A0");
            default ->
                Measurement.bad(Points.of(device, tag(name)), nanos(), "2 ILLEGAL_DATA_ADDRESS");
          });
    }
    return block(sink -> mapper.map(scan, scan, sink));
  }

  /** What a lost connection becomes. */
  String status() {
    DeviceStatus status =
        new DeviceStatus(
            device,
            DeviceState.OFFLINE,
            SCAN,
            "tcp://10.0.0.5:502: the connection was refused; check that the device listens on"
                + " this port",
            "tcp://10.0.0.5:502");
    return block(sink -> events().map(status, SCAN, sink));
  }

  /** What a restart becomes. */
  String gap() {
    Gap gap =
        new Gap(
            device,
            Optional.empty(),
            SCAN.minusSeconds(95),
            SCAN,
            "the connector was not running, or Kafka did not have its records",
            OptionalLong.of(94),
            false);
    return block(sink -> events().map(gap, SCAN, sink));
  }

  private EventMapper events() {
    return new EventMapper(config.mapping(), MappingConfig.eventTopics(config.keys()));
  }

  private Measurement read(String name, String registers) {
    Tag<ModbusTag> tag = tag(name);
    byte[] data = HexFormat.of().parseHex(registers.replace(" ", ""));
    DecodedValue decoded = tag.address().codec().decode(data, 0, tag.scaling());
    return Measurement.good(Points.of(device, tag), nanos(), decoded.value());
  }

  private Tag<ModbusTag> tag(String name) {
    return inventory.tags().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private static long nanos() {
    return SCAN.getEpochSecond() * 1_000_000_000L + SCAN.getNano();
  }

  private String block(Consumer<RecordSink> source) {
    List<String> blocks = new ArrayList<>();
    source.accept(
        made ->
            blocks.add(
                "topic "
                    + made.topic()
                    + ", key "
                    + made.key()
                    + ", timestamp "
                    + made.timestampMillis()
                    + "\n"
                    + headers(made.headers())
                    + pretty(made.topic(), made.valueSchema(), made.value())));
    return "```json5\n"
        + String.join("\n", blocks).replaceAll("(?m)^(topic|headers)", "// $1")
        + "```\n";
  }

  private static String headers(Headers headers) {
    StringBuilder text = new StringBuilder();
    for (Header header : headers) {
      boolean wrap = text.length() - text.lastIndexOf("\n") + header.key().length() > 80;
      text.append(text.isEmpty() ? "headers " : wrap ? "\nheaders " : ", ");
      text.append(header.key()).append('=').append(header.value());
    }
    return text.append('\n').toString();
  }

  private String pretty(String topic, Schema schema, Object value) {
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(
          Map.of("schemas.enable", "false", "replace.null.with.default", "false"), false);
      byte[] bytes = converter.fromConnectData(topic, schema, value);
      Object tree = bytes == null ? null : json.readValue(bytes, Object.class);
      if (tree instanceof Map<?, ?> fields) {
        Map<Object, Object> ordered = new LinkedHashMap<>();
        fields.forEach(
            (name, content) ->
                ordered.put(name, content instanceof Map<?, ?> map ? new TreeMap<>(map) : content));
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(ordered) + "\n";
      }
      return json.writeValueAsString(tree) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
