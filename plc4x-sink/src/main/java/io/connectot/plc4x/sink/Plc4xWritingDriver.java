// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.WritingDriver;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.config.Plc4xConfig;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.config.Plc4xLineParser;
import io.connectot.plc4x.connection.ManagedConnection;
import io.connectot.plc4x.merge.S7WritePlanner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The driver of a PLC4X sink. */
final class Plc4xWritingDriver implements WritingDriver<Plc4xDevice, WrittenTag> {
  private static final String S7 = "s7-light";

  private final DriverRegistry drivers;
  private final Configuration config;
  private final Plc4xLineParser lines;

  Plc4xWritingDriver(Configuration config, DriverRegistry drivers) {
    this.config = config;
    this.drivers = drivers;
    this.lines = new Plc4xLineParser(drivers, config, WriteRules::checkDriver);
  }

  @Override
  public ParsedDevice<Plc4xDevice> parseDevice(DeviceLine line) throws LineException {
    Plc4xDevice device = lines.device(line);
    return new ParsedDevice<>(device.url().endpoint(), device);
  }

  @Override
  public ParsedTag<WrittenTag> parseTag(TagLine line) throws LineException {
    // For sources that subscribe.
    line.options().choice(Plc4xLineParser.SUBSCRIPTION, SubscriptionKind.class);
    PlcAddress address = lines.address(line);
    String driver = lines.driver().orElse("");
    WrittenTag tag = new WrittenTag(address, codec(driver, address));
    return new ParsedTag<>(tag, address.type().tagType(address.array()));
  }

  private TagCodec codec(String driver, PlcAddress address) {
    if (!driver.equals(S7)) {
      Optional<String> refusal =
          WriteRules.refusal(driver, address).or(() -> drivers.writeRefusal(driver, address));
      return new AddressCodec(address, driver.isEmpty() ? Optional.empty() : refusal);
    }
    Optional<S7WritePlanner> memory = S7WritePlanner.of(address.text());
    return memory.isPresent()
        ? new MemoryCodec(drivers, driver, memory.get())
        : new AddressCodec(
            address,
            Optional.of(
                "is no place in the memory, or does not contain its size; a text needs its length,"
                    + " e.g. %DB1:10:STRING(20)"));
  }

  @Override
  public void checkTag(Tag<WrittenTag> tag) throws LineException {
    Optional<String> refusal = tag.address().codec().refusal();
    if (tag.writeRule().isPresent() && refusal.isPresent()) {
      throw new LineException(tag.address() + ": " + refusal.get());
    }
  }

  @Override
  public Plc4xWritingSession newWritingSession(
      String endpoint, Map<Device<Plc4xDevice>, List<Tag<WrittenTag>>> devices) {
    Plc4xDevice device = devices.keySet().iterator().next().settings();
    Duration connectTimeout = config.get(Plc4xConfig.CONNECT_TIMEOUT);
    return new Plc4xWritingSession(
        new ManagedConnection(drivers, device, connectTimeout),
        new TagReads(drivers, device.url().driver()),
        config.get(Plc4xConfig.REQUEST_TIMEOUT));
  }
}
