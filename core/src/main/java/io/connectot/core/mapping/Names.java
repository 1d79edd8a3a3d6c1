// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

/** Names that every converter and database takes: {@code [A-Za-z_][A-Za-z0-9_]*}. */
final class Names {
  private Names() {}

  /** The name with everything else replaced by {@code _}. */
  static String legal(String name) {
    StringBuilder legal = new StringBuilder(name.length() + 1);
    if (name.isEmpty() || isDigit(name.charAt(0))) {
      legal.append('_');
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      legal.append(letter || isDigit(c) ? c : '_');
    }
    return legal.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
