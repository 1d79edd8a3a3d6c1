// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.address;

import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.address.NodeAddress.ByPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads browse paths: names after slashes, each with {@code <index>:} or {@code nsu=<uri>;} before
 * it where the namespace matters, reserved characters after a {@code &} (OPC UA Part 4 §A.2). For
 * one thread.
 */
final class PathParser {
  private final String text;
  private int at;

  private PathParser(String text) {
    this.text = text;
  }

  static ByPath parse(String text) throws LineException {
    PathParser parser = new PathParser(text);
    List<PathName> names = new ArrayList<>();
    while (parser.at < text.length()) {
      parser.at++;
      names.add(parser.name());
    }
    return new ByPath(names);
  }

  private PathName name() throws LineException {
    Optional<String> uri = Optional.empty();
    OptionalInt index = OptionalInt.empty();
    if (text.startsWith("nsu=", at)) {
      int end = text.indexOf(';', at);
      if (end < 0 || end == at + 4) {
        throw new LineException("'" + text + "': write nsu=<uri>; before a name, with its ';'");
      }
      // A URI holds slashes that separate no names.
      String given = NodeIdText.unescape(text.substring(at + 4, end));
      if (given.equals(NodeIdText.OPC_UA)) {
        index = OptionalInt.of(0);
      } else {
        uri = Optional.of(given);
      }
      at = end + 1;
    } else {
      int end = at;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        end++;
      }
      if (end > at && end < text.length() && text.charAt(end) == ':') {
        index = OptionalInt.of(NodeIdText.index(text, text.substring(at, end)));
        at = end + 1;
      }
    }
    return new PathName(uri, index, unescaped());
  }

  private String unescaped() throws LineException {
    StringBuilder name = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '/') {
      char c = text.charAt(at++);
      if (c == '&') {
        if (at == text.length() || PathName.RESERVED.indexOf(text.charAt(at)) < 0) {
          throw new LineException(
              "'" + text + "': write && for a '&' in a name, &/ for a '/' and &: for a ':'");
        }
        c = text.charAt(at++);
      }
      name.append(c);
    }
    if (name.isEmpty()) {
      throw new LineException(
          "'" + text + "' has an empty name; write a path like /Objects/Plant/Press1/Temp");
    }
    return name.toString();
  }
}
