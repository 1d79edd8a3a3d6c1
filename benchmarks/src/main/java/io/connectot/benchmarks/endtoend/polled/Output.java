// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

/** The output of a bare loop for a scan. */
enum Output {
  /** Nothing: values are read and decoded, then dropped. */
  NOTHING(Integer.MAX_VALUE),

  /** One record per scan, identical to the connector's with layout {@code row}. */
  ROW(1),

  /** One record per value, identical to the connector's with layout {@code measurement}. */
  MEASUREMENT(ScanRegisters.TAGS),

  /** One record per scan: device, time and a field per tag, without quality and other fields. */
  LEAN_ROW(1),

  /** One record per value: device, tag, time and value. */
  LEAN_MEASUREMENT(ScanRegisters.TAGS);

  private final int recordsPerScan;

  Output(int recordsPerScan) {
    this.recordsPerScan = recordsPerScan;
  }

  /** The number of values in one record. */
  int valuesPerRecord() {
    return ScanRegisters.TAGS / recordsPerScan;
  }
}
