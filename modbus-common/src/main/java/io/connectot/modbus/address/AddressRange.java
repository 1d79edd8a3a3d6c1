// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.address;

import io.connectot.core.spi.line.LineException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first and the last register of a value: {@code 100-101}, {@code 0x64 - 0x65}. */
public final class AddressRange {
  private static final String NUMBER = "(0[xX][0-9a-fA-F]{1,4}|[0-9]{1,6})";
  private static final Pattern RANGE = Pattern.compile(NUMBER + "\\s*[-\u2013\u2026]\\s*" + NUMBER);

  private AddressRange() {}

  /**
   * The number of registers in a range; empty for a single address.
   *
   * @throws LineException when it ends before it begins
   */
  public static OptionalInt registers(String address) throws LineException {
    Matcher range = RANGE.matcher(address);
    if (!range.matches()) {
      return OptionalInt.empty();
    }
    int registers = number(range.group(2)) - number(range.group(1)) + 1;
    if (registers < 1) {
      throw new LineException(
          "the address '"
              + address
              + "' ends before it begins; write the first and the last register with all digits, or"
              + " the first one only");
    }
    return OptionalInt.of(registers);
  }

  /**
   * The number of the first register, as it is written; empty for an address with more than that.
   */
  public static OptionalInt first(String address) {
    Matcher range = RANGE.matcher(address);
    String first = range.matches() ? range.group(1) : address;
    return first.matches(NUMBER) ? OptionalInt.of(number(first)) : OptionalInt.empty();
  }

  private static int number(String text) {
    // Not Integer.decode: a leading zero would make it octal.
    return text.regionMatches(true, 0, "0x", 0, 2)
        ? Integer.parseInt(text.substring(2), 16)
        : Integer.parseInt(text);
  }
}
