// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

/**
 * A memory area of a controller. Bytes are numbered from 0 in each area.
 *
 * @param kind {@code DB}, {@code I}, {@code Q} or {@code M}
 * @param block the number of the data block; 0 for the other kinds
 */
record S7Area(String kind, int block) {
  /** An address that reads bytes of the area. */
  String bytes(int start, int length) {
    return block > 0
        ? "%DB" + block + ":" + start + ":BYTE[" + length + "]"
        : "%" + kind + "B" + start + ":BYTE[" + length + "]";
  }

  /** The address of a bit. */
  String bit(int start, int bit) {
    return (block > 0 ? "%DB" + block + ":" : "%" + kind) + start + "." + bit + ":BOOL";
  }
}
