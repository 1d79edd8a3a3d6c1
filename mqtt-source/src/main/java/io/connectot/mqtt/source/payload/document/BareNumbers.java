// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Puts NaN and infinities, which JSON has no numbers for, into quotes. */
final class BareNumbers {
  private static final Map<String, String> NUMBERS =
      Map.of(
          "nan", "\"NaN\"",
          "-nan", "\"NaN\"",
          "inf", "\"Infinity\"",
          "+inf", "\"Infinity\"",
          "infinity", "\"Infinity\"",
          "+infinity", "\"Infinity\"",
          "-inf", "\"-Infinity\"",
          "-infinity", "\"-Infinity\"");

  private BareNumbers() {}

  /** The payload with such numbers in quotes; null if it has none. */
  static byte[] quote(byte[] payload) {
    ByteArrayOutputStream quoted = new ByteArrayOutputStream(payload.length + 64);
    boolean found = false;
    boolean text = false;
    for (int at = 0; at < payload.length; ) {
      byte b = payload[at];
      if (text && b == '\\' && at + 1 < payload.length) {
        quoted.write(payload, at, 2);
        at += 2;
        continue;
      }
      text ^= b == '"';
      int end = text ? at : word(payload, at);
      String number = end == at ? null : number(payload, at, end);
      if (number != null) {
        quoted.writeBytes(number.getBytes(StandardCharsets.US_ASCII));
        found = true;
      } else {
        quoted.write(payload, at, Math.max(1, end - at));
      }
      at = Math.max(at + 1, end);
    }
    return found ? quoted.toByteArray() : null;
  }

  /** The end of a word that starts here; the same position if there is none. */
  private static int word(byte[] payload, int from) {
    int at = from;
    if (payload[at] == '-' || payload[at] == '+') {
      at++;
    }
    while (at < payload.length && isLetter(payload[at])) {
      at++;
    }
    return at;
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  private static String number(byte[] payload, int from, int to) {
    return to - from > "+infinity".length()
        ? null
        : NUMBERS.get(
            new String(payload, from, to - from, StandardCharsets.US_ASCII)
                .toLowerCase(Locale.ROOT));
  }
}
