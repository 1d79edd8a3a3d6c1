// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The location of a tag in the memory of an S7 controller.
 *
 * @param start its first byte
 * @param bit its first bit; 0 unless it is BOOL
 * @param length the maximum length of a string; 0 for other types
 * @param count the number of values
 * @param array whether it is an array, possibly of one value
 */
record S7Address(
    S7Area area, S7Type type, int start, int bit, int length, int count, boolean array) {
  private static final String PLACE = "([XBWD]?)(\\d{1,7})(?:\\.([0-7]))?";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "%(?:DB(\\d{1,5})(?:\\.DB|:)|([IQM]))"
              + PLACE
              + ":([A-Z0-9_]+)(?:\\((\\d{1,5})\\))?(?:\\[(\\d{1,5})\\])?");
  private static final int LONGEST_STRING = 254;

  /**
   * Reads an address.
   *
   * @return empty when it is not a memory address, or does not contain its size
   */
  static Optional<S7Address> parse(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    S7Type type = S7Type.named(matcher.group(6));
    boolean hasLength = matcher.group(7) != null;
    boolean hasBit = matcher.group(5) != null;
    if (type == null || type.isText() != hasLength || hasBit != (type == S7Type.BOOL)) {
      return Optional.empty();
    }
    boolean array = matcher.group(8) != null;
    int count = array ? Integer.parseInt(matcher.group(8)) : 1;
    int length = hasLength ? Integer.parseInt(matcher.group(7)) : 0;
    if (count == 0 || length > LONGEST_STRING) {
      return Optional.empty();
    }
    S7Area area =
        matcher.group(1) == null
            ? new S7Area(matcher.group(2), 0)
            : new S7Area("DB", Integer.parseInt(matcher.group(1)));
    if (area.kind().equals("DB") && area.block() == 0) {
      return Optional.empty();
    }
    int bit = hasBit ? Integer.parseInt(matcher.group(5)) : 0;
    int start = Integer.parseInt(matcher.group(4));
    return Optional.of(new S7Address(area, type, start, bit, length, count, count > 1));
  }

  /** The byte after its last byte. */
  int end() {
    if (type == S7Type.BOOL) {
      return start + (bit + count + 7) / 8;
    }
    return start + (count - 1) * type.stride(length) + type.size(length);
  }
}
