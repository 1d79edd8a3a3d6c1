// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The units of measurement in the register tables of vendors. */
final class VendorUnits {
  /** Names in lower case, and the symbols that they stand for, in lower case too. */
  private static final Map<String, String> NAMES = names();

  /** A symbol with its prefix; the case of a prefix counts. */
  private static final Pattern SYMBOL =
      Pattern.compile("([kKMGm\\u00B5\\u03BC]?)((?i:VArh?|VAh?|Wh?|V|Ah?|Hz|Ohm|bar|Pa|s))");

  /** {@code V/digit}, {@code V per bit}. */
  private static final Pattern PER_STEP =
      Pattern.compile("(?i)\\s*(?:/|per)\\s*(?:bit|digit|lsb|count|step|unit)");

  private VendorUnits() {}

  private static Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    add(names, "v", "volt", "volts");
    add(names, "a", "amp", "amps", "ampere", "amperes");
    add(names, "w", "watt", "watts");
    add(names, "hz", "hertz");
    add(names, "ohm", "\u03C9", "\u2126");
    add(names, "%", "%", "percent", "pct");
    add(names, "\u00B0C", "\u00B0c", "c", "degc", "deg c", "celsius", "degree celsius", "\u2103");
    add(names, "\u00B0F", "\u00B0f", "f", "degf", "deg f", "fahrenheit", "\u2109");
    add(names, "s", "sec", "second", "seconds");
    add(names, "min", "min", "minute", "minutes");
    add(names, "h", "h", "hour", "hours");
    return names;
  }

  private static void add(Map<String, String> names, String symbol, String... others) {
    for (String other : others) {
      names.put(other, symbol);
    }
  }

  /** Whether two texts are certainly different units. */
  static boolean differ(String one, String other) {
    Optional<String> symbol = symbol(one);
    Optional<String> otherSymbol = symbol(other);
    return symbol.isPresent() && otherSymbol.isPresent() && !symbol.equals(otherSymbol);
  }

  private static Optional<String> symbol(String text) {
    String plain = PER_STEP.matcher(text.trim()).replaceFirst("");
    if (plain.matches("\\[[^\\[\\]]*]|\\([^()]*\\)")) {
      plain = plain.substring(1, plain.length() - 1);
    }
    String lower = plain.trim().toLowerCase(Locale.ROOT);
    if (NAMES.containsKey(lower)) {
      return Optional.of(NAMES.get(lower));
    }
    Matcher symbol = SYMBOL.matcher(plain.trim());
    if (!symbol.matches()) {
      return Optional.empty();
    }
    String prefix = symbol.group(1).equals("K") ? "k" : symbol.group(1).replace('\u03BC', '\u00B5');
    return Optional.of(prefix + symbol.group(2).toLowerCase(Locale.ROOT));
  }
}
