// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of the bytes of a register, and that of the registers, of one value. */
final class PartOrders {
  private static final String OF_BYTES = "b|bytes?";
  private static final String OF_WORDS = "w|words?|r|regs?|registers?";
  private static final String PART = "((?:" + OF_BYTES + "|" + OF_WORDS + ")?)";

  private static final Pattern HIGH_FIRST =
      Pattern.compile(
          "(?:be|ab|big(?:endian)?|normal|standard|hilo|highlow|hl"
              + "|(?:ms|hi|high|higher|upper|mostsignificant)"
              + PART
              + "(?:first)?)");

  private static final Pattern LOW_FIRST =
      Pattern.compile(
          "(?:le|ba|little(?:endian)?|swap(?:ped)?|reversed?|inverted|lohi|lowhigh|lh"
              + "|(?:ls|lo|low|lower|leastsignificant)"
              + PART
              + "(?:first)?)");

  private static final Pattern SWAPPED =
      Pattern.compile("(bytes?|words?|registers?)swap(?:ped)?|swap(?:ped)?(bytes?|words?)");

  /** Four letters, which have both orders. */
  private static final Pattern LETTERS = Pattern.compile("abcd|badc|cdab|dcba");

  /** What the cells say, for messages. */
  private final List<String> texts;

  /** Whether the low byte or register comes first; null until a cell says it. */
  private Boolean lowByteFirst;

  private Boolean lowWordFirst;

  PartOrders(List<String> texts) {
    this.texts = texts;
  }

  /**
   * Adds what a cell says.
   *
   * @param isOfWords whether the heading speaks of registers
   */
  void add(String text, boolean isOfWords) throws LineException {
    String plain = VendorTable.plain(text);
    Matcher high = HIGH_FIRST.matcher(plain);
    Matcher low = LOW_FIRST.matcher(plain);
    Matcher swapped = SWAPPED.matcher(plain);
    if (LETTERS.matcher(plain).matches()) {
      addBoth(text);
    } else if (swapped.matches()) {
      String part = swapped.group(1) == null ? swapped.group(2) : swapped.group(1);
      set(!part.startsWith("byte"), true);
    } else if (high.matches()) {
      set(isOfWords || isOfWords(high.group(1)), false);
    } else if (low.matches()) {
      set(isOfWords || isOfWords(low.group(1)), true);
    } else {
      throw contradiction();
    }
  }

  /** Adds what a cell says of bytes and registers at once. */
  void addBoth(String text) throws LineException {
    String plain = VendorTable.plain(text);
    if (!LETTERS.matcher(plain).matches()) {
      throw contradiction();
    }
    set(false, plain.indexOf('a') > plain.indexOf('b'));
    set(true, plain.indexOf('a') > plain.indexOf('c'));
  }

  private static boolean isOfWords(String part) {
    return part != null && !part.isEmpty() && part.matches(OF_WORDS);
  }

  private void set(boolean isOfWords, boolean lowFirst) throws LineException {
    Boolean before = isOfWords ? lowWordFirst : lowByteFirst;
    if (before != null && before != lowFirst) {
      throw contradiction();
    }
    if (isOfWords) {
      lowWordFirst = lowFirst;
    } else {
      lowByteFirst = lowFirst;
    }
  }

  private LineException contradiction() {
    return new LineException(
        "the orders '"
            + String.join("' and '", texts)
            + "' are not understood together; write one column 'order' with ABCD, BADC, CDAB or"
            + " DCBA");
  }

  /** Whether the low byte of each register comes first. */
  boolean swapsBytes() {
    return Boolean.TRUE.equals(lowByteFirst);
  }

  /** The order of a number. */
  String letters() {
    if (Boolean.TRUE.equals(lowWordFirst)) {
      return swapsBytes() ? "DCBA" : "CDAB";
    }
    return swapsBytes() ? "BADC" : "ABCD";
  }
}
