// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.Suggestion;
import io.connectot.core.spi.line.TagLine;
import io.connectot.plc4x.adapter.Capabilities;
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
 * Parses device and tag lines. Device lines come first, because their driver parses the addresses
 * of the tags. Thread-safe.
 */
public final class Plc4xLineParser {
  /** The tag option of sources that subscribe; sinks ignore it, so that lines serve both. */
  public static final String SUBSCRIPTION = "subscription";

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([A-Za-z0-9.-]+)(:[0-9]{1,5})?(/.*)?");

  /** In place of the device's host, which drivers resolve when they parse a connection string. */
  private static final String NO_HOST = "127.0.0.1";

  private final DriverRegistry drivers;
  private final Configuration config;
  private final CapabilityCheck check;
  private final Map<String, Plc4xDevice> devices = new HashMap<>(); // guarded by this
  private String driver; // guarded by this

  /**
   * @param check checks what drivers support
   */
  public Plc4xLineParser(DriverRegistry drivers, Configuration config, CapabilityCheck check) {
    this.drivers = drivers;
    this.config = config;
    this.check = check;
  }

  /** Checks whether a driver supports what the connector needs. */
  @FunctionalInterface
  public interface CapabilityCheck {
    /**
     * Checks the capabilities of a driver.
     *
     * @throws LineException when one is missing; the message names the remedy
     */
    void check(String driver, Capabilities supported) throws LineException;
  }

  /** Parses a device line. */
  public synchronized Plc4xDevice device(DeviceLine line) throws LineException {
    ConnectionString url = DriverRules.workingFor(ConnectionString.parse(line.url()));
    checkDriver(line.name(), url);
    DriverMetadata metadata = drivers.metadata(url.driver());
    checkTransport(url, metadata);
    checkParameters(url, metadata);
    check.check(url.driver(), capabilities(url));
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

  private Capabilities capabilities(ConnectionString url) throws LineException {
    boolean host = HOST_AND_PORT.matcher(url.address()).matches() && url.address().contains(".");
    return drivers.capabilities((host ? url.at(local(url)) : url).text());
  }

  private static String local(ConnectionString url) {
    String address = url.address();
    int port = address.indexOf(':');
    return port < 0 ? NO_HOST : NO_HOST + address.substring(port);
  }

  /** The driver of all devices; empty while no device line was valid. */
  public synchronized Optional<String> driver() {
    return Optional.ofNullable(driver);
  }

  /** Parses the address of a tag line. */
  public PlcAddress address(TagLine line) throws LineException {
    String code = driver().orElse(null);
    if (line.type().isPresent()) {
      throw new LineException(
          "'"
              + line.type().get()
              + "' is not an option; PLC4X addresses contain their type, e.g. %DB1.DBD0:REAL");
    }
    if (code == null) {
      // No device line was valid, which is reported; without a driver no address can be parsed.
      return new PlcAddress(line.address(), PlcType.UNKNOWN, false, null);
    }
    DriverRules.checkAddress(code, line.address());
    PlcAddress address = drivers.parse(code, line.address());
    DriverRules.checkType(code, address);
    return address;
  }
}
