// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.spi.line.LineException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PLC4X connection string: {@code driver[:transport]://address[?parameter=value&...]}. Immutable.
 */
public final class ConnectionString {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9-]+)(?::([A-Za-z0-9-]*))?://([^?]*)(?:\\?(.*))?");

  /** Parameters whose values are secret. */
  private static final Pattern SECRET =
      Pattern.compile("pass|pwd|secret|token|credential|user|key", Pattern.CASE_INSENSITIVE);

  private static final int SHORTEST_SECRET = 3;

  private final String driver;
  private final Optional<String> transport;
  private final String address;
  private final Map<String, String> parameters;

  private ConnectionString(
      String driver, Optional<String> transport, String address, Map<String, String> parameters) {
    this.driver = driver;
    this.transport = transport;
    this.address = address;
    this.parameters = Collections.unmodifiableMap(parameters);
  }

  /**
   * Parses a connection string.
   *
   * @throws LineException when it is invalid; the message contains no secret
   */
  public static ConnectionString parse(String text) throws LineException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new LineException(
          "is not a PLC4X connection string; write driver://address, e.g. s7-light://10.0.0.5 or"
              + " ads:tcp://10.0.0.6?target-ams-net-id=10.0.0.6.1.1");
    }
    String address = matcher.group(3);
    if (address.indexOf('@') >= 0) {
      throw new LineException(
          "contains a user or password before the @, which PLC4X does not support; set"
              + " plc4x.username and plc4x.password instead");
    }
    return new ConnectionString(
        matcher.group(1).toLowerCase(Locale.ROOT),
        Optional.ofNullable(matcher.group(2)).filter(code -> !code.isEmpty()),
        address,
        parameters(matcher.group(4)));
  }

  private static Map<String, String> parameters(String query) throws LineException {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals <= 0) {
        throw new LineException(
            "has a parameter without a value after the ?; write name=value, joined by &");
      }
      String name = parameter.substring(0, equals);
      if (parameters.putIfAbsent(name, parameter.substring(equals + 1)) != null) {
        throw new LineException("has the parameter " + name + " twice");
      }
    }
    return parameters;
  }

  /** The driver's code, e.g. {@code s7-light}. */
  public String driver() {
    return driver;
  }

  /** The transport, e.g. {@code tcp}, if it has one. */
  public Optional<String> transport() {
    return transport;
  }

  /** The part between {@code //} and {@code ?}. */
  public String address() {
    return address;
  }

  /** The parameters by name, in their order; may contain secrets. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** The same with an additional parameter. */
  ConnectionString with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new ConnectionString(driver, transport, address, more);
  }

  /** The same at another address. */
  ConnectionString at(String other) {
    return new ConnectionString(driver, transport, other, parameters);
  }

  /** The complete connection string for the driver; may contain secrets. */
  public String text() {
    return text(true);
  }

  /** The connection string without credentials. */
  public String endpoint() {
    return text(false);
  }

  private String text(boolean secrets) {
    List<String> shown = new ArrayList<>();
    parameters.forEach(
        (name, value) -> {
          if (secrets || !isSecret(name)) {
            shown.add(name + "=" + value);
          }
        });
    return driver
        + transport.map(code -> ":" + code).orElse("")
        + "://"
        + address
        + (shown.isEmpty() ? "" : "?" + String.join("&", shown));
  }

  /** A driver's message without the secrets of this connection string. */
  public String redact(String message) {
    String redacted = message;
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (isSecret(parameter.getKey()) && parameter.getValue().length() >= SHORTEST_SECRET) {
        redacted = redacted.replace(parameter.getValue(), "…");
      }
    }
    return redacted;
  }

  private static boolean isSecret(String parameter) {
    return SECRET.matcher(parameter).find();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConnectionString that && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return endpoint();
  }
}
