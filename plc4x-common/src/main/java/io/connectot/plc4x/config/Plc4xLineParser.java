// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.DeviceLine;
import io.connectot.core.spi.Driver.ParsedDevice;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.LineOptions;
import io.connectot.core.spi.Suggestion;
import io.connectot.core.spi.TagLine;
import io.connectot.plc4x.adapter.Capabilities;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.adapter.DriverMetadata;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.value.PlcType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads device and tag lines. Devices come first: their driver reads the addresses of the tags.
 * Thread-safe.
 */
public final class Plc4xLineParser {
  /** The tag option that says when a subscription delivers. */
  public static final String SUBSCRIPTION = "subscription";

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([A-Za-z0-9.-]+)(:[0-9]{1,5})?(/.*)?");

  /** In place of the device's host: a driver that reads a connection string looks it up. */
  private static final String NO_HOST = "127.0.0.1";

  private final DriverRegistry drivers;
  private final Configuration config;
  private final Map<String, Plc4xDevice> devices = new HashMap<>(); // guarded by this
  private String driver; // guarded by this

  public Plc4xLineParser(DriverRegistry drivers, Configuration config) {
    this.drivers = drivers;
    this.config = config;
  }

  /** Reads a device line. */
  public synchronized Plc4xDevice device(DeviceLine line) throws LineException {
    ConnectionString url = DriverRules.workingFor(ConnectionString.parse(line.url()));
    checkDriver(line.name(), url);
    DriverMetadata metadata = drivers.metadata(url.driver());
    checkTransport(url, metadata);
    checkParameters(url, metadata);
    DriverRules.checkMaxTags(url.driver(), config.get(Plc4xConfig.MAX_TAGS_PER_REQUEST));
    checkMode(url);
    Plc4xDevice device = new Plc4xDevice(url, Plc4xConfig.login(config).orElse(null));
    for (Map.Entry<String, Plc4xDevice> other : devices.entrySet()) {
      if (!other.getKey().equals(line.name())
          && other.getValue().url().endpoint().equals(url.endpoint())
          && !other.getValue().url().equals(url)) {
        throw new LineException(
            "is the connection of device "
                + other.getKey()
                + " with other credentials; devices on one connection need the same");
      }
    }
    devices.put(line.name(), device);
    driver = url.driver();
    return device;
  }

  private void checkDriver(String name, ConnectionString url) throws LineException {
    if (!drivers.codes().contains(url.driver())) {
      throw new LineException(
          "there is no driver '"
              + url.driver()
              + "' in the plugin's folder"
              + DriverRules.whyNotShipped(url.driver())
              + Suggestion.of(url.driver(), drivers.codes()).didYouMean()
              + "; there are "
              + String.join(", ", drivers.codes())
              + ". To add a driver, put its jar into the plugin's lib folder");
    }
    for (Map.Entry<String, Plc4xDevice> other : devices.entrySet()) {
      String theirs = other.getValue().url().driver();
      if (!other.getKey().equals(name) && !theirs.equals(url.driver())) {
        throw new LineException(
            "uses the driver "
                + url.driver()
                + " but device "
                + other.getKey()
                + " uses "
                + theirs
                + "; all devices of a connector have the same tags, so make a connector for each"
                + " driver");
      }
    }
  }

  private static void checkTransport(ConnectionString url, DriverMetadata metadata)
      throws LineException {
    String transport = url.transport().or(metadata::defaultTransport).orElse("");
    if (!metadata.transports().isEmpty() && !metadata.transports().contains(transport)) {
      throw new LineException(
          (url.transport().isPresent()
                  ? "the driver " + url.driver() + " does not support " + transport
                  : "the driver " + url.driver() + " needs a transport")
              + "; write "
              + url.driver()
              + ":"
              + metadata.transports().get(0)
              + "://"
              + url.address());
    }
    boolean host = transport.equals("tcp") || transport.equals("udp");
    if (host && !HOST_AND_PORT.matcher(url.address()).matches()) {
      throw new LineException(
          "'"
              + url.address()
              + "' is not a host; write a name or an IPv4 address, and :port where it is not the"
              + " protocol's own");
    }
  }

  private static void checkParameters(ConnectionString url, DriverMetadata metadata)
      throws LineException {
    if (metadata.options().isEmpty()) {
      return;
    }
    for (String name : url.parameters().keySet()) {
      if (!metadata.options().contains(name)) {
        throw new LineException(
            "the driver "
                + url.driver()
                + " has no parameter '"
                + name
                + "'"
                + Suggestion.of(name, metadata.options())
                    .word()
                    .map(word -> ", did you mean " + word + "?")
                    .orElse("; there are " + String.join(", ", new TreeSet<>(metadata.options()))));
      }
    }
  }

  private void checkMode(ConnectionString url) throws LineException {
    boolean host = HOST_AND_PORT.matcher(url.address()).matches() && url.address().contains(".");
    Capabilities can = drivers.capabilities((host ? url.at(local(url)) : url).text());
    if (config.get(Plc4xConfig.MODE) == Mode.POLL && !can.read()) {
      throw new LineException(
          "the driver "
              + url.driver()
              + " does not support polling; set "
              + Plc4xConfig.MODE
              + "=subscribe");
    }
    if (config.get(Plc4xConfig.MODE) == Mode.SUBSCRIBE && !can.subscribe()) {
      throw new LineException(
          "the driver "
              + url.driver()
              + " has no subscriptions; set "
              + Plc4xConfig.MODE
              + "=poll");
    }
    if (config.get(Plc4xConfig.BROWSE).isPresent() && !can.browse()) {
      throw new LineException(
          "the driver "
              + url.driver()
              + " cannot browse; remove "
              + Plc4xConfig.BROWSE
              + " and list the tags");
    }
  }

  private static String local(ConnectionString url) {
    String address = url.address();
    int port = address.indexOf(':');
    return port < 0 ? NO_HOST : NO_HOST + address.substring(port);
  }

  /** Reads a tag line. */
  public Plc4xTag tag(TagLine line) throws LineException {
    String code;
    synchronized (this) {
      code = driver;
    }
    Optional<SubscriptionKind> kind = kind(line.options());
    if (line.type().isPresent()) {
      throw new LineException(
          "'"
              + line.type().get()
              + "' is not an option; PLC4X addresses contain their type, e.g. %DB1.DBD0:REAL");
    }
    if (code == null) {
      // No device line could be read: that is reported, and the address cannot be judged.
      PlcAddress unread = new PlcAddress(line.address(), PlcType.UNKNOWN, false, null);
      return new Plc4xTag(unread, SubscriptionKind.CHANGE);
    }
    DriverRules.checkAddress(code, line.address());
    PlcAddress address = drivers.parse(code, line.address());
    return new Plc4xTag(address, kind.orElse(config.get(Plc4xConfig.SUBSCRIPTION)));
  }

  private Optional<SubscriptionKind> kind(LineOptions options) throws LineException {
    Optional<SubscriptionKind> kind = options.choice(SUBSCRIPTION, SubscriptionKind.class);
    if (kind.isPresent() && config.get(Plc4xConfig.MODE) == Mode.POLL) {
      throw new LineException(
          SUBSCRIPTION + " has no effect with " + Plc4xConfig.MODE + "=poll; remove it");
    }
    return kind;
  }

  /** {@link #device}, as drivers hand it to the runtime. */
  public ParsedDevice<Plc4xDevice> parseDevice(DeviceLine line) throws LineException {
    Plc4xDevice device = device(line);
    return new ParsedDevice<>(device.url().endpoint(), device);
  }

  /** {@link #tag}, as drivers hand it to the runtime. */
  public ParsedTag<Plc4xTag> parseTag(TagLine line) throws LineException {
    Plc4xTag tag = tag(line);
    return new ParsedTag<>(tag, tag.valueType());
  }
}
