// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import java.nio.charset.StandardCharsets;

/**
 * The registers to which a machine writes its values: the four tables of a Modbus unit, addressed
 * from 0.
 */
public interface PlantRegisters {

  /** Writes a 16-bit word into a holding register; only the low 16 bits are used. */
  void holding(int address, int word);

  /** Writes a 16-bit word into an input register; only the low 16 bits are used. */
  void input(int address, int word);

  /** Writes a coil. */
  void coil(int address, boolean bit);

  /** Writes a discrete input. */
  void discrete(int address, boolean bit);

  /** Writes a 32-bit float into two holding registers, low word first: order CDAB. */
  default void holdingFloatLowWordFirst(int address, double value) {
    int bits = Float.floatToIntBits((float) value);
    holding(address, bits);
    holding(address + 1, bits >>> 16);
  }

  /** Writes a 32-bit whole number into two holding registers, high word first: order ABCD. */
  default void holdingInt32(int address, long value) {
    holding(address, (int) (value >>> 16));
    holding(address + 1, (int) value);
  }

  /** Writes a 64-bit whole number into four holding registers, high word first. */
  default void holdingInt64(int address, long value) {
    holdingInt32(address, value >>> 32);
    holdingInt32(address + 2, value);
  }

  /** Writes ASCII text into holding registers, two characters each, padded with NUL. */
  default void holdingText(int address, String text, int registers) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < registers; i++) {
      int high = 2 * i < bytes.length ? bytes[2 * i] : 0;
      int low = 2 * i + 1 < bytes.length ? bytes[2 * i + 1] : 0;
      holding(address + i, high << 8 | low);
    }
  }

  /** Writes a 32-bit float into two input registers, high word first: order ABCD. */
  default void inputFloat(int address, double value) {
    int bits = Float.floatToIntBits((float) value);
    input(address, bits >>> 16);
    input(address + 1, bits);
  }
}
