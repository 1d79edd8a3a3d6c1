// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import java.time.Duration;

/**
 * How values of OPC UA become values of records.
 *
 * @param enums what an enumeration becomes
 * @param matrices the form of arrays of several dimensions
 * @param time which time is the time of a value
 * @param typesTimeout how long reading the definitions of data types may hold up a value that is of
 *     a type not seen before
 */
public record ValueSettings(
    EnumMode enums, MatrixMode matrices, TimestampSource time, Duration typesTimeout) {

  /** What an enumeration or an option set becomes. */
  public enum EnumMode {
    /** Number and label. */
    BOTH,
    /** The number alone. */
    NUMBER,
    /** The label alone; the number as text where there is none. */
    LABEL
  }

  /** The form of arrays of several dimensions. */
  public enum MatrixMode {
    /** Arrays in arrays, the last dimension innermost. */
    NESTED,
    /** The dimensions, and all elements in one array, the last dimension changing fastest. */
    FLAT
  }

  /** Which time is the time of a value (OPC UA Part 4 §7.11). */
  public enum TimestampSource {
    /** The source's, else the server's, else that of receipt. */
    SOURCE,
    /** The server's, else that of receipt. */
    SERVER,
    /** That of receipt, by the worker's clock. */
    RECEIVE
  }
}
