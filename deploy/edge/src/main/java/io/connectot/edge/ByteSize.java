// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in the notation of the JVM's memory options: {@code 512m}, {@code 8g}. */
final class ByteSize {
  private static final Pattern NOTATION = Pattern.compile("([1-9][0-9]{0,11})([kmgt]?)b?");

  private ByteSize() {}

  /**
   * Reads a size.
   *
   * @throws IllegalArgumentException if the text is not a size
   */
  static long parse(String text) {
    Matcher matcher = NOTATION.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a size such as 512m or 8g");
    }
    int exponent = matcher.group(2).isEmpty() ? 0 : "kmgt".indexOf(matcher.group(2)) + 1;
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * exponent));
  }

  /** A size for people, in whole megabytes. */
  static String text(long bytes) {
    return bytes / (1024 * 1024) + " MB";
  }
}
