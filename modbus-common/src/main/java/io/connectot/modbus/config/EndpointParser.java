// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.modbus.config.ModbusEndpoint.Network;
import io.connectot.modbus.config.ModbusEndpoint.Parity;
import io.connectot.modbus.config.ModbusEndpoint.Rs485;
import io.connectot.modbus.config.ModbusEndpoint.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Parses the endpoints of device URLs. */
final class EndpointParser {
  /** The parameters of serial lines. */
  static final List<String> SERIAL_PARAMETERS =
      List.of(
          "baud",
          "data",
          "parity",
          "stop",
          "echo",
          "rs485",
          "rs485.rts.high",
          "rs485.delay.before.ms",
          "rs485.delay.after.ms");

  private static final int MAX_PORT = 65535;

  private EndpointParser() {}

  /** Takes the serial parameters from the URL. */
  static ModbusEndpoint parse(DeviceUrl url) throws LineException {
    return url.transport().isSerial()
        ? serial(url)
        : network(url.transport(), url.target(), url.target());
  }

  /** A backup: {@code host:port} with the transport of the first endpoint, or a whole URL. */
  static ModbusEndpoint backup(String text, ModbusTransport transport) throws LineException {
    if (!text.contains("://")) {
      if (transport.isSerial()) {
        throw new LineException(
            "backup=" + text + ": write the whole URL, e.g. backup=rtu:///dev/ttyUSB1%3Fbaud=9600");
      }
      return network(transport, text, "backup=" + text);
    }
    DeviceUrl url = DeviceUrl.parse(text);
    ModbusEndpoint endpoint = parse(url);
    url.refuseUnknown(url.transport().isSerial() ? SERIAL_PARAMETERS : List.of());
    return endpoint;
  }

  private static Network network(ModbusTransport transport, String target, String shown)
      throws LineException {
    String authority = target.endsWith("/") ? target.substring(0, target.length() - 1) : target;
    if (authority.indexOf('@') >= 0) {
      // Not shown: it may be a password.
      throw new LineException(
          "Modbus has no user names; write " + transport.scheme() + "://host:port");
    }
    String host;
    String port;
    if (authority.startsWith("[")) {
      int bracket = authority.indexOf(']');
      if (bracket < 0
          || (bracket + 1 < authority.length() && authority.charAt(bracket + 1) != ':')) {
        throw new LineException(
            shown + ": write an IPv6 address like " + transport.scheme() + "://[fd00::5]:502");
      }
      host = authority.substring(1, bracket);
      port = bracket + 1 < authority.length() ? authority.substring(bracket + 2) : null;
      if (host.indexOf(':') < 0) {
        throw new LineException(shown + ": brackets are for IPv6 addresses; leave them out");
      }
    } else {
      int colon = authority.indexOf(':');
      if (colon != authority.lastIndexOf(':')) {
        throw new LineException(
            shown
                + ": an IPv6 address needs brackets, e.g. "
                + transport.scheme()
                + "://[fd00::5]:502");
      }
      host = colon < 0 ? authority : authority.substring(0, colon);
      port = colon < 0 ? null : authority.substring(colon + 1);
    }
    if (host.isBlank() || host.indexOf('/') >= 0 || host.indexOf(' ') >= 0) {
      throw new LineException(
          shown
              + ": has no host; write it like "
              + transport.scheme()
              + "://10.0.0.5:"
              + transport.defaultPort());
    }
    return new Network(transport, host.toLowerCase(Locale.ROOT), port(transport, port, shown));
  }

  private static int port(ModbusTransport transport, String text, String shown)
      throws LineException {
    if (text == null) {
      return transport.defaultPort();
    }
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for every invalid port.
    }
    throw new LineException(shown + ": the port must be 1 to " + MAX_PORT + ", but is " + text);
  }

  private static Serial serial(DeviceUrl url) throws LineException {
    if (url.target().isBlank()) {
      throw new LineException(
          "has no serial port; write it like " + url.transport().scheme() + ":///dev/ttyUSB0");
    }
    boolean ascii = url.transport() == ModbusTransport.ASCII_SERIAL;
    LineOptions options = url.parameters();
    int baud = options.integer("baud", 50, 4_000_000).orElse(19200);
    int dataBits = options.integer("data", 7, 8).orElse(ascii ? 7 : 8);
    if (!ascii && dataBits == 7) {
      throw new LineException("data=7: RTU needs 8 data bits; leave it out or use ascii://");
    }
    Parity parity = options.choice("parity", Parity.class).orElse(Parity.EVEN);
    // Modbus over Serial Line V1.02 §2.5.1: without a parity bit there is a second stop bit.
    int stopBits = options.integer("stop", 1, 2).orElse(parity == Parity.NONE ? 2 : 1);
    Rs485 rs485 = rs485(options);
    boolean echo = options.flag("echo").orElse(false);
    return new Serial(url.transport(), url.target(), baud, dataBits, parity, stopBits, rs485, echo);
  }

  private static Rs485 rs485(LineOptions options) throws LineException {
    boolean enabled = options.flag("rs485").orElse(false);
    Optional<Boolean> high = options.flag("rs485.rts.high");
    Optional<Duration> before = millis(options, "rs485.delay.before.ms");
    Optional<Duration> after = millis(options, "rs485.delay.after.ms");
    if (!enabled && (high.isPresent() || before.isPresent() || after.isPresent())) {
      throw new LineException("rs485.* has no effect without rs485=true; add it");
    }
    return new Rs485(
        enabled, high.orElse(true), before.orElse(Duration.ZERO), after.orElse(Duration.ZERO));
  }

  private static Optional<Duration> millis(LineOptions options, String key) throws LineException {
    var value = options.integer(key, 0, 10_000);
    return value.isPresent() ? Optional.of(Duration.ofMillis(value.getAsInt())) : Optional.empty();
  }
}
