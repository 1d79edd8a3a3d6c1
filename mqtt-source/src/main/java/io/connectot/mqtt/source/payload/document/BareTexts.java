// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Puts members of objects and elements of arrays into quotes that are neither JSON nor a number,
 * such as {@code {"t":unavailable}}, and makes members without a value null.
 */
final class BareTexts {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private static final Map<String, String> WORDS =
      Map.of(
          "true", "true",
          "false", "false",
          "null", "null",
          "", "null",
          "True", "true",
          "False", "false",
          "None", "null",
          "undefined", "null");

  private BareTexts() {}

  /** The payload with such members in quotes. */
  static byte[] quote(byte[] payload) {
    ByteArrayOutputStream quoted = new ByteArrayOutputStream(payload.length + 64);
    byte quote = 0;
    StringBuilder open = new StringBuilder();
    for (int at = 0; at < payload.length; ) {
      byte b = payload[at++];
      quoted.write(b);
      if (quote != 0) {
        if (b == '\\' && at < payload.length) {
          quoted.write(payload[at++]);
        }
        quote = b == quote ? 0 : quote;
      } else if (b == '"' || b == '\'') {
        quote = b;
      } else if (b == '{' || b == '[') {
        open.append((char) b);
      } else if ((b == '}' || b == ']') && !open.isEmpty()) {
        open.setLength(open.length() - 1);
      }
      if (quote == 0 && (b == ':' || ((b == '[' || b == ',') && isArray(open)))) {
        int end = end(payload, at);
        quoted.writeBytes(member(payload, at, end));
        at = end;
      }
    }
    return quoted.toByteArray();
  }

  private static boolean isArray(StringBuilder open) {
    return !open.isEmpty() && open.charAt(open.length() - 1) == '[';
  }

  /** The end of a single value without quotes; the same position for another one. */
  private static int end(byte[] payload, int from) {
    int at = from;
    while (at < payload.length && payload[at] >= 0 && payload[at] <= ' ') {
      at++;
    }
    if (at == payload.length || "{[\"'".indexOf(payload[at]) >= 0) {
      return from;
    }
    while (at < payload.length && ",]}\"'\\\n\r".indexOf(payload[at]) < 0) {
      at++;
    }
    return at;
  }

  private static byte[] member(byte[] payload, int from, int to) {
    if (from == to && (from == payload.length || ",}".indexOf(payload[from]) < 0)) {
      return new byte[0];
    }
    // Every byte is a character.
    String text = new String(payload, from, to - from, StandardCharsets.ISO_8859_1).strip();
    String word = WORDS.get(text);
    String member = word != null ? word : NUMBER.matcher(text).matches() ? text : '"' + text + '"';
    return member.getBytes(StandardCharsets.ISO_8859_1);
  }
}
