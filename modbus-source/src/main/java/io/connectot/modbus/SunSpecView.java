// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.TagLine;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.sunspec.SunSpecPoints;
import io.connectot.modbus.sunspec.SunSpecWalk;
import io.connectot.modbus.transport.ModbusConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The points of the SunSpec models that a device has, read as the connector reads them. */
final class SunSpecView {
  private final ModbusDriver driver;
  private final ModbusConnection connection;
  private final Device<ModbusDevice> device;

  SunSpecView(ModbusDriver driver, ModbusConnection connection, ModbusDevice settings) {
    this.driver = driver;
    this.connection = connection;
    this.device = new Device<>("device", connection.endpoint(), settings, Map.of());
  }

  /** Adds the points that are implemented. */
  void show(DiscoveryRun run) throws LineException, ProtocolException {
    List<String> addresses = new ArrayList<>();
    TreeSet<Integer> models =
        new TreeSet<>(new SunSpecWalk(connection, device.settings().unit()).models().keySet());
    run.progress("models " + models);
    models.forEach(model -> addresses.addAll(SunSpecPoints.addresses(model)));
    List<Point<ModbusTag>> points = new ArrayList<>();
    for (String address : addresses) {
      points.add(new Point<>(device, tag(address)));
    }
    if (points.isEmpty()) {
      return;
    }
    // Closes the connection, which opens itself again where it is used.
    try (ModbusPollingSession session =
        new ModbusPollingSession(connection, false, false, Duration.ofMinutes(1), Clock.SYSTEM)) {
      for (Measurement measurement : session.read(device, points)) {
        // A point that is not implemented has neither a value nor an error.
        boolean wanted = measurement.value() != null || measurement.quality() == Quality.BAD;
        if (wanted && !run.add(candidate(measurement))) {
          return;
        }
      }
    }
  }

  private Tag<ModbusTag> tag(String address) throws LineException {
    ParsedTag<ModbusTag> parsed =
        driver.parseTag(new TagLine(address, address, Optional.empty(), new LineOptions(Map.of())));
    return new Tag<>(
        address,
        parsed.address(),
        parsed.type(),
        Optional.empty(),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        Scaling.NONE,
        Map.of());
  }

  private static Candidate candidate(Measurement measurement) {
    String address = measurement.tag().name();
    return Candidate.tag(
        address.substring(SunSpecPoints.PREFIX.length()).replace('.', '_'),
        "",
        new TagReading(
            "",
            address,
            "",
            Map.of(),
            TagReading.text(measurement.value()),
            measurement.quality(),
            measurement.status()));
  }
}
