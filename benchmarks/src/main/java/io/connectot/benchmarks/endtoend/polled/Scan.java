// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

/**
 * The values of one device at one instant.
 *
 * @param values in the order of {@link ScanRegisters#NAMES}; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record Scan(long nanos, double[] values) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  long millis() {
    return nanos / NANOS_PER_MILLI;
  }

  double value(int tag) {
    return values[tag];
  }
}
