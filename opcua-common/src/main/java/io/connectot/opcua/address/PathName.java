// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.address;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One name of a browse path: a browse name (OPC UA Part 3 §8.3), its namespace possibly left open.
 *
 * @param namespaceUri empty when it is left open or given by index
 * @param namespaceIndex empty when it is left open or given by URI
 * @param name the name without escapes
 */
public record PathName(Optional<String> namespaceUri, OptionalInt namespaceIndex, String name) {
  /** The reserved characters, which need a {@code &} before them (OPC UA Part 4 §A.2). */
  static final String RESERVED = "/.<>:#!&";

  /** A name of whatever namespace. */
  public static PathName of(String name) {
    return new PathName(Optional.empty(), OptionalInt.empty(), name);
  }

  /** Whether a namespace is given. */
  public boolean isQualified() {
    return namespaceUri.isPresent() || namespaceIndex.isPresent();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    namespaceUri.ifPresent(uri -> text.append("nsu=").append(NodeIdText.escape(uri)).append(';'));
    namespaceIndex.ifPresent(index -> text.append(index).append(':'));
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/' || c == '&' || c == ':') {
        text.append('&');
      }
      text.append(c);
    }
    return text.toString();
  }
}
