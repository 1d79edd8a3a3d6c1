// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.address;

/** How addresses without a table, such as {@code 40101}, are read. */
public enum AddressNotation {
  /** Numbers that can be read in two ways are refused. */
  AUTO,
  /** As the numbers of registers, whose table is given separately. */
  NUMBER,
  /** In Modicon notation: the table's digit, then a number from 1. */
  MODICON
}
