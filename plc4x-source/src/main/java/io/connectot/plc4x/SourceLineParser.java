// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.Driver.ParsedDevice;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.TagLine;
import io.connectot.plc4x.adapter.Capabilities;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.config.Plc4xConfig;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.config.Plc4xLineParser;
import io.connectot.plc4x.session.Plc4xTag;
import java.util.Optional;

/** Parses the device and tag lines of a source and checks them against its mode. Thread-safe. */
final class SourceLineParser {
  private final Plc4xLineParser lines;
  private final Configuration config;

  SourceLineParser(DriverRegistry drivers, Configuration config) {
    this.lines = new Plc4xLineParser(drivers, config, this::checkMode);
    this.config = config;
  }

  ParsedDevice<Plc4xDevice> device(DeviceLine line) throws LineException {
    Plc4xDevice device = lines.device(line);
    return new ParsedDevice<>(device.url().endpoint(), device);
  }

  private void checkMode(String driver, Capabilities supported) throws LineException {
    Plc4xConfig.checkMaxTags(config, driver);
    if (config.get(Plc4xSourceConfig.MODE) == Mode.POLL && !supported.read()) {
      throw new LineException(
          "the driver "
              + driver
              + " does not support polling; set "
              + Plc4xSourceConfig.MODE
              + "=subscribe");
    }
    if (config.get(Plc4xSourceConfig.MODE) == Mode.POLL && driver.equals("s7")) {
      throw new LineException(
          "the driver s7 of PLC4X 0.13.1 loses a buffer of direct memory with every read, until"
              + " the worker has none left; use s7-light, whose addresses and parameters are the"
              + " same. With "
              + Plc4xSourceConfig.MODE
              + "=subscribe, s7 delivers alarms and events");
    }
    if (config.get(Plc4xSourceConfig.MODE) == Mode.SUBSCRIBE && !supported.subscribe()) {
      throw new LineException(
          "the driver "
              + driver
              + " has no subscriptions; set "
              + Plc4xSourceConfig.MODE
              + "=poll");
    }
    if (config.get(Plc4xSourceConfig.BROWSE).isPresent() && !supported.browse()) {
      throw new LineException(
          "the driver "
              + driver
              + " cannot browse; remove "
              + Plc4xSourceConfig.BROWSE
              + " and list the tags");
    }
  }

  ParsedTag<Plc4xTag> tag(TagLine line) throws LineException {
    SubscriptionKind kind = kind(line.options()).orElse(config.get(Plc4xSourceConfig.SUBSCRIPTION));
    Plc4xTag tag = new Plc4xTag(lines.address(line), kind);
    return new ParsedTag<>(tag, tag.valueType());
  }

  private Optional<SubscriptionKind> kind(LineOptions options) throws LineException {
    Optional<SubscriptionKind> kind =
        options.choice(Plc4xLineParser.SUBSCRIPTION, SubscriptionKind.class);
    if (kind.isPresent() && config.get(Plc4xSourceConfig.MODE) == Mode.POLL) {
      throw new LineException(
          Plc4xLineParser.SUBSCRIPTION
              + " has no effect with "
              + Plc4xSourceConfig.MODE
              + "=poll; remove it");
    }
    return kind;
  }
}
