// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.inventory.TagText;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.TagLine;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/** Reads a tag line as the connector does. */
final class ReadBack {
  private ReadBack() {}

  static String of(String url, String line, String order, int base) throws Exception {
    ConfigDef definition = new ConfigDef();
    new ModbusProtocol().defineConfig(definition);
    Configuration config =
        Configuration.parse(
            definition,
            Map.of("modbus.byte.order", order, "modbus.address.base", Integer.toString(base)));
    ModbusDriver driver =
        new ModbusDriver(config, ModbusProtocol.connections(config.kafka()), Clock.SYSTEM);
    TagText text = TagText.parse(line);
    ParsedTag<ModbusTag> parsed =
        driver.parseTag(
            new TagLine("tag", text.address(), text.type(), new LineOptions(text.options())));
    Device<ModbusDevice> device =
        new Device<>(
            "device", url, driver.parseDevice(new DeviceLine("device", url)).settings(), Map.of());
    Tag<ModbusTag> tag =
        new Tag<>(
            "tag",
            parsed.address(),
            parsed.type(),
            Optional.empty(),
            Duration.ofSeconds(1),
            ReportPolicy.ALL,
            Scaling.NONE,
            Map.of());
    try (PollingSession<ModbusDevice, ModbusTag> session =
        driver.newSession(url, List.of(device))) {
      session.connect();
      Measurement measurement = session.read(device, List.of(new Point<>(device, tag))).get(0);
      return TagReading.text(measurement.value());
    }
  }
}
