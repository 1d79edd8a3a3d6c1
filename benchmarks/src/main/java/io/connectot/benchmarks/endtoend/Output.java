// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

/** What a bare loop makes of a scan. */
enum Output {
  /** Nothing: values are read and decoded, then dropped. */
  NOTHING(Integer.MAX_VALUE),

  /** One record a scan, the same that the connector writes with layout {@code row}. */
  ROW(1),

  /** One record a value, the same that the connector writes with layout {@code measurement}. */
  MEASUREMENT(Registers.TAGS),

  /** One record a scan: device, time and a field per tag, without quality or anything else. */
  LEAN_ROW(1),

  /** One record a value: device, tag, time and value. */
  LEAN_MEASUREMENT(Registers.TAGS);

  private final int recordsPerScan;

  Output(int recordsPerScan) {
    this.recordsPerScan = recordsPerScan;
  }

  /** How many values one record carries. */
  int valuesPerRecord() {
    return Registers.TAGS / recordsPerScan;
  }
}
