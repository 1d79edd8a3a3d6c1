// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.spi.line.LineException;
import java.util.List;
import java.util.Locale;

/**
 * The order of a number's bytes in a message. The letters name the bytes from the most significant
 * (A) down; their sequence is the sequence in the message. The Modbus standard is {@code ABCD}.
 *
 * <p>Orders of four letters apply to every width: {@code BADC} and {@code DCBA} swap the two bytes
 * of each register, {@code CDAB} and {@code DCBA} send the last register first. For a 64-bit number
 * {@code CDAB} means {@code GHEFCDAB}, and for a 16-bit number {@code BADC} means {@code BA}.
 * Orders of eight letters are for 64-bit numbers only, orders of two letters for 16-bit numbers.
 */
public final class ByteOrdering {
  /** Big-endian, as specified: V1.1b3 §4.2. */
  public static final ByteOrdering ABCD = new ByteOrdering("ABCD");

  private static final List<String> NAMES =
      List.of(
          "ABCD",
          "BADC",
          "CDAB",
          "DCBA",
          "AB",
          "BA",
          "ABCDEFGH",
          "BADCFEHG",
          "CDABGHEF",
          "DCBAHGFE",
          "EFGHABCD",
          "FEHGBADC",
          "GHEFCDAB",
          "HGFEDCBA");

  private final String name;

  private ByteOrdering(String name) {
    this.name = name;
  }

  /**
   * Parses the name of an order; case is ignored.
   *
   * @throws LineException when there is no such order
   */
  public static ByteOrdering parse(String text) throws LineException {
    String name = text.toUpperCase(Locale.ROOT);
    if (!NAMES.contains(name)) {
      throw new LineException("order=" + text + ": must be one of " + String.join(", ", NAMES));
    }
    return new ByteOrdering(name);
  }

  /** Whether the two bytes of each register are swapped. */
  public boolean swapsBytes() {
    return name.indexOf('A') > name.indexOf('B');
  }

  /**
   * The position in the message of each byte of a number, from the most significant byte down.
   *
   * @param bytes the width of the number: 2, 4 or 8
   * @throws LineException when the order applies to another width
   */
  int[] positions(int bytes) throws LineException {
    String letters = name;
    if (name.length() == 4 && bytes != 4) {
      letters = widened(bytes);
    }
    if (letters.length() != bytes) {
      throw new LineException(
          "order="
              + name
              + ": is for numbers of "
              + 8 * name.length()
              + " bits, this one has "
              + 8 * bytes);
    }
    int[] positions = new int[bytes];
    for (int i = 0; i < bytes; i++) {
      positions[i] = letters.indexOf('A' + i);
    }
    return positions;
  }

  private String widened(int bytes) {
    boolean lastFirst = name.charAt(0) > 'B';
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < bytes; i += 2) {
      char high = (char) ('A' + (lastFirst ? bytes - 2 - i : i));
      char low = (char) (high + 1);
      letters.append(swapsBytes() ? low : high).append(swapsBytes() ? high : low);
    }
    return letters.toString();
  }

  @Override
  public String toString() {
    return name;
  }
}
