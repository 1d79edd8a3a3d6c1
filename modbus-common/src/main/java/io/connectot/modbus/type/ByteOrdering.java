// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.spi.LineException;
import java.util.List;
import java.util.Locale;

/**
 * In which order the bytes of a number lie on the wire: the letters name the bytes of the number
 * from the most significant (A) down, their sequence is that of the wire. Modbus itself is {@code
 * ABCD}.
 *
 * <p>The orders of four letters apply to every width by what they do: {@code BADC} and {@code DCBA}
 * swap the two bytes of each register, {@code CDAB} and {@code DCBA} send the last register first.
 * So for a 64-bit number {@code CDAB} is {@code GHEFCDAB}, and for a 16-bit one {@code BADC} is
 * {@code BA}. Orders of eight letters are for 64-bit numbers only, those of two for 16-bit ones.
 */
public final class ByteOrdering {
  /** Big-endian throughout, as the specification has it: V1.1b3 §4.2. */
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
   * The order of that name, whatever its case.
   *
   * @throws LineException when there is none
   */
  public static ByteOrdering parse(String text) throws LineException {
    String name = text.toUpperCase(Locale.ROOT);
    if (!NAMES.contains(name)) {
      throw new LineException("order=" + text + ": must be one of " + String.join(", ", NAMES));
    }
    return new ByteOrdering(name);
  }

  /** Whether the two bytes of each register are swapped. */
  boolean swapsBytes() {
    return name.indexOf('A') > name.indexOf('B');
  }

  /**
   * Where on the wire each byte of a number lies, from the most significant byte down.
   *
   * @param bytes the width of the number: 2, 4 or 8
   * @throws LineException when the order is for another width
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
