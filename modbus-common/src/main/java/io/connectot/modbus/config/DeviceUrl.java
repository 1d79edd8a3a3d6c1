// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.Suggestion;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parts of a device URL: {@code tcp://host:502?unit=1}, {@code rtu:///dev/ttyUSB0?baud=9600}.
 *
 * @param transport the scheme
 * @param target the part between {@code ://} and {@code ?}: host and port, or a serial port
 * @param parameters the decoded query
 */
record DeviceUrl(ModbusTransport transport, String target, LineOptions parameters) {
  private static final List<String> SCHEMES =
      Arrays.stream(ModbusTransport.values()).map(ModbusTransport::scheme).toList();

  static DeviceUrl parse(String url) throws LineException {
    int colon = url.indexOf("://");
    if (colon < 0) {
      // Not shown when it may contain a password.
      String shown = url.indexOf('@') < 0 ? url + ": " : "";
      throw new LineException(
          shown
              + "not a URL; write it like tcp://10.0.0.5:502?unit=1 or"
              + " rtu:///dev/ttyUSB0?baud=9600");
    }
    String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
    for (ModbusTransport transport : ModbusTransport.values()) {
      if (transport.scheme().equals(scheme)) {
        String rest = url.substring(colon + 3);
        int question = rest.indexOf('?');
        String target = question < 0 ? rest : rest.substring(0, question);
        String query = question < 0 ? "" : rest.substring(question + 1);
        return new DeviceUrl(transport, target, new LineOptions(query(query)));
      }
    }
    throw new LineException(
        "unknown transport '"
            + scheme
            + "'"
            + Suggestion.of(scheme, SCHEMES)
                .word()
                .map(word -> ", did you mean " + word + "://?")
                .orElse("; it must be one of " + String.join(", ", SCHEMES)));
  }

  private static Map<String, String> query(String query) throws LineException {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query.isEmpty()) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new LineException("parameter '" + pair + "' must be name=value, e.g. unit=1");
      }
      String name = decode(pair.substring(0, equals));
      if (parameters.put(name, decode(pair.substring(equals + 1))) != null) {
        throw new LineException("parameter " + name + " is given twice; leave one out");
      }
    }
    return parameters;
  }

  private static String decode(String text) throws LineException {
    try {
      // The decoder is for forms, where a plus is a space; in a URL it is a plus.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new LineException(
          "parameter '" + text + "' has a % that is not followed by two hex digits");
    }
  }

  /** Fails when a parameter was not taken. */
  void refuseUnknown(List<String> known) throws LineException {
    for (String name : parameters.remaining()) {
      List<String> sorted = new ArrayList<>(known);
      sorted.sort(null);
      throw new LineException(
          "unknown parameter '"
              + name
              + "'"
              + Suggestion.of(name, known)
                  .word()
                  .map(word -> ", did you mean " + word + "?")
                  .orElse("; " + transport.scheme() + ":// takes " + String.join(", ", sorted)));
    }
  }
}
