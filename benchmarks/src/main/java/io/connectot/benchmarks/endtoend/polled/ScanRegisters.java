// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values of every device: 25 floating-point numbers in two registers each, followed by 75 whole
 * numbers in one register each, in tenths. One Modbus request of maximum size reads all of them.
 */
final class ScanRegisters {
  static final int FLOATS = 25;
  static final int TENTHS = 75;
  static final int TAGS = FLOATS + TENTHS;
  static final int FIRST_TENTH = 2 * FLOATS;
  static final int COUNT = FIRST_TENTH + TENTHS;
  static final double TENTH = 0.1;

  /** The names of the tags, in the order of their registers. */
  static final List<String> NAMES =
      Stream.concat(
              IntStream.range(0, FLOATS).mapToObj(i -> "f" + i),
              IntStream.range(0, TENTHS).mapToObj(i -> "t" + i))
          .toList();

  private ScanRegisters() {}

  /** The tag lines of the connector for all registers. */
  static Map<String, String> allTags() {
    Map<String, String> lines = new LinkedHashMap<>();
    for (int i = 0; i < FLOATS; i++) {
      lines.put("tags." + NAMES.get(i), "holding:" + 2 * i + " float32");
    }
    lines.putAll(tenths(TENTHS));
    return lines;
  }

  /** The tag lines for a number of the tenths, one register each. */
  static Map<String, String> tenths(int count) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      lines.put(
          "tags." + NAMES.get(FLOATS + i),
          "holding:" + (FIRST_TENTH + i) + " uint16 scale=" + TENTH);
    }
    return lines;
  }
}
