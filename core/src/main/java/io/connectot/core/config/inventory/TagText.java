// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.spi.line.LineException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A tag line, or any other of its form, taken apart: {@code address [type] key=value ...}.
 *
 * <p>Words are separated by blanks. A word or an option's value that holds blanks is in double
 * quotes, in which {@code ""} is a quote. Quotes inside a word belong to it, as in the OPC UA
 * address {@code ns=3;s="Data block"."Temp"}, and keep the blanks between them.
 *
 * @param address the first word
 * @param type the second word when it is not an option
 * @param options in the order written
 */
public record TagText(String address, Optional<String> type, Map<String, String> options) {

  /**
   * Takes a line apart.
   *
   * @throws LineException when it is not of that form, saying where
   */
  public static TagText parse(String line) throws LineException {
    Reader reader = new Reader(line);
    if (!reader.hasNext()) {
      throw new LineException("is empty; write <address> [type] [option=value ...]");
    }
    String address = reader.word();
    if (address.isBlank()) {
      throw new LineException("has no address; write <address> [type] [option=value ...]");
    }
    Optional<String> type = Optional.empty();
    Map<String, String> options = new LinkedHashMap<>();
    while (reader.hasNext()) {
      Optional<String> key = reader.optionKey();
      if (key.isPresent()) {
        String value = reader.word();
        if (value.isBlank()) {
          throw new LineException("option '" + key.get() + "' has no value");
        }
        if (options.putIfAbsent(key.get(), value) != null) {
          throw new LineException("option '" + key.get() + "' is given twice");
        }
      } else {
        String word = reader.word();
        if (type.isPresent() || !options.isEmpty()) {
          throw new LineException(
              "'"
                  + word
                  + "' is not an option; write options as key=value, and values with blanks"
                  + " in quotes: unit=\"m3 / h\"");
        }
        type = Optional.of(word);
      }
    }
    return new TagText(address, type, options);
  }

  /** Reads words from left to right. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    boolean hasNext() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return at < text.length();
    }

    /** Takes {@code key=}, if that is what follows. */
    Optional<String> optionKey() {
      int end = at;
      while (end < text.length() && isKeyCharacter(text.charAt(end))) {
        end++;
      }
      if (end == at || end == text.length() || text.charAt(end) != '=') {
        return Optional.empty();
      }
      String key = text.substring(at, end);
      at = end + 1;
      return Optional.of(key);
    }

    /** Takes everything up to the next blank outside quotes; empty when a blank comes first. */
    String word() throws LineException {
      return at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
    }

    private String quoted() throws LineException {
      int start = at++;
      StringBuilder word = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c != '"') {
          word.append(c);
        } else if (at < text.length() && text.charAt(at) == '"') {
          word.append('"');
          at++;
        } else if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
          throw new LineException("a blank is missing after the quote at character " + at);
        } else {
          return word.toString();
        }
      }
      throw unclosed(start);
    }

    private String plain() throws LineException {
      int start = at;
      int quote = -1;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '"') {
          quote = quote < 0 ? at : -1;
        } else if (quote < 0 && Character.isWhitespace(c)) {
          break;
        }
        at++;
      }
      if (quote >= 0) {
        throw unclosed(quote);
      }
      return text.substring(start, at);
    }

    private static LineException unclosed(int start) {
      return new LineException("the quote at character " + (start + 1) + " is not closed");
    }

    private static boolean isKeyCharacter(char c) {
      return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
    }
  }
}
