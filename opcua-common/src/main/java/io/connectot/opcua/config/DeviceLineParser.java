// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.spi.line.LineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads device lines: URLs, comma separated. */
public final class DeviceLineParser {
  /** The port of URLs that name none (OPC UA Part 6 §7.2). */
  public static final int DEFAULT_PORT = 4840;

  private static final String SCHEME = "opc.tcp";
  private static final String EXAMPLE = "write it like opc.tcp://10.0.0.5:4840/path";
  private static final int MAX_PORT = 65_535;

  private DeviceLineParser() {}

  /**
   * Reads one device line. URLs come out with their port, and hosts in lower case, so that lines
   * that mean the same server are equal.
   *
   * @throws LineException when a URL cannot work
   */
  public static OpcUaDevice parse(String line) throws LineException {
    List<String> urls = new ArrayList<>();
    for (String part : line.split(",", -1)) {
      String url = url(part.trim());
      if (urls.contains(url)) {
        throw new LineException("names " + url + " twice; remove one");
      }
      urls.add(url);
    }
    return new OpcUaDevice(urls);
  }

  private static String url(String text) throws LineException {
    if (text.isEmpty()) {
      throw new LineException("names no server; " + EXAMPLE);
    }
    // Before anything else, because what follows quotes the text.
    if (text.indexOf('@') >= 0) {
      throw new LineException(
          "credentials do not belong into the URL, where logs and records show them; use"
              + " opcua.auth.username and opcua.auth.password");
    }
    String rest = afterScheme(text);
    if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
      throw new LineException(
          "'" + text + "' has something behind the path that OPC UA does not know; remove it");
    }
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash);
    return SCHEME + "://" + authority(text, authority) + (path.equals("/") ? "" : path);
  }

  private static String afterScheme(String text) throws LineException {
    int colon = text.indexOf("://");
    if (colon < 0) {
      throw new LineException("'" + text + "' is no URL; " + EXAMPLE);
    }
    String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals(SCHEME)) {
      throw new LineException(
          "'" + text + "': OPC UA is spoken over opc.tcp:// here, not over " + scheme + "://");
    }
    return text.substring(colon + 3);
  }

  // Not by java.net.URI, which takes no host with an underscore; networks of plants have them.
  private static String authority(String text, String authority) throws LineException {
    String host;
    String port;
    if (authority.startsWith("[")) {
      int bracket = authority.indexOf(']');
      boolean portFollows =
          bracket + 1 == authority.length() || authority.startsWith(":", bracket + 1);
      if (bracket < 0 || !portFollows) {
        throw noIpv6(text);
      }
      host = authority.substring(0, bracket + 1);
      port = bracket + 1 < authority.length() ? authority.substring(bracket + 2) : null;
      if (host.indexOf(':') < 0) {
        throw noIpv6(text);
      }
    } else {
      int colon = authority.indexOf(':');
      if (colon != authority.lastIndexOf(':')) {
        throw noIpv6(text);
      }
      host = colon < 0 ? authority : authority.substring(0, colon);
      port = colon < 0 ? null : authority.substring(colon + 1);
    }
    if (host.isBlank() || host.chars().anyMatch(Character::isWhitespace)) {
      throw new LineException("'" + text + "' names no host; " + EXAMPLE);
    }
    return host.toLowerCase(Locale.ROOT) + ":" + port(text, port);
  }

  private static int port(String text, String digits) throws LineException {
    if (digits == null) {
      return DEFAULT_PORT;
    }
    try {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything else.
    }
    throw new LineException("'" + text + "': the port must be 1 to 65535, but is " + digits);
  }

  private static LineException noIpv6(String text) {
    return new LineException("'" + text + "': write an IPv6 address like opc.tcp://[fd00::5]:4840");
  }
}
