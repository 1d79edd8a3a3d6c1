// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;

/** Reads the words of InfluxDB line protocol from left to right. For one thread. */
final class LineProtocolText {
  private static final int MOST_DIGITS = 40;

  /** Not in the protocol, but written by some publishers. */
  private static final Map<String, String> SPECIAL =
      Map.of("nan", "NaN", "inf", "Infinity", "+inf", "Infinity", "-inf", "-Infinity");

  private final String text;
  private int at;
  private int start;
  private int line;

  LineProtocolText(String text) {
    this.text = text;
  }

  /** Goes to the next line that is not empty and not a comment. */
  boolean nextLine() {
    if (line > 0) {
      skipRest();
    }
    while (at < text.length()) {
      line++;
      start = at;
      skipBlanks();
      if (at < text.length() && !isEnd() && text.charAt(at) != '#') {
        return true;
      }
      skipRest();
    }
    return false;
  }

  /** The number of the line, from 1. */
  int lineNumber() {
    return line;
  }

  /** The whole current line. */
  String restOfLine() {
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  /** A name up to one of the characters, which a backslash escapes. */
  String name(String ends) {
    StringBuilder name = new StringBuilder();
    while (!isEnd() && ends.indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == '\\' && at + 1 < text.length() && isSpecial(text.charAt(at + 1))) {
        at++;
      }
      name.append(text.charAt(at++));
    }
    if (name.isEmpty() && !ends.equals(" ")) {
      throw new IllegalArgumentException("a name is missing at character " + column());
    }
    return name.toString();
  }

  private static boolean isSpecial(char c) {
    return c == ',' || c == '=' || c == ' ' || c == '\\';
  }

  /** A field's value. Throws behind it. */
  JsonNode value() {
    if (skip('"')) {
      return quoted();
    }
    int from = at;
    while (!isEnd() && text.charAt(at) != ',' && text.charAt(at) != ' ') {
      at++;
    }
    String word = text.substring(from, at);
    return switch (word) {
      case "t", "T", "true", "True", "TRUE" -> BooleanNode.TRUE;
      case "f", "F", "false", "False", "FALSE" -> BooleanNode.FALSE;
      default -> number(word);
    };
  }

  private static JsonNode number(String word) {
    try {
      if (!word.isEmpty() && word.length() <= MOST_DIGITS) {
        char suffix = word.charAt(word.length() - 1);
        if (suffix == 'i' || suffix == 'u') {
          return BigIntegerNode.valueOf(new BigInteger(word.substring(0, word.length() - 1)));
        }
        if (!Character.isLetter(suffix)) {
          return DoubleNode.valueOf(Double.parseDouble(word));
        }
        String special = SPECIAL.get(word.toLowerCase(Locale.ROOT));
        if (special != null) {
          return TextNode.valueOf(special);
        }
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything that is not a value.
    }
    throw new IllegalArgumentException("'" + word + "' is not a number, boolean or quoted text");
  }

  private JsonNode quoted() {
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return TextNode.valueOf(value.toString());
      }
      boolean escaped = c == '\\' && at < text.length();
      boolean special = escaped && (text.charAt(at) == '"' || text.charAt(at) == '\\');
      value.append(special ? text.charAt(at++) : c);
    }
    throw new IllegalArgumentException("a quote is not closed");
  }

  /** Skips a character if it is next, blanks with a blank. */
  boolean skip(char c) {
    if (isEnd() || text.charAt(at) != c) {
      return false;
    }
    at++;
    if (c == ' ') {
      skipBlanks();
    }
    return true;
  }

  void require(char c) {
    if (!skip(c)) {
      throw new IllegalArgumentException("'" + c + "' is missing at character " + column());
    }
  }

  void requireEnd() {
    skipBlanks();
    if (!isEnd()) {
      throw new IllegalArgumentException("there is more text at character " + column());
    }
  }

  private int column() {
    return at - start + 1;
  }

  private boolean isEnd() {
    return at >= text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r';
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private void skipRest() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end + 1;
  }
}
