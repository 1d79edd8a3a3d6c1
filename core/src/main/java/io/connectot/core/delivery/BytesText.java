// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

/**
 * The text that Java makes of an array of bytes, such as {@code [B@48ba1724}: its length depends on
 * the array's identity, not on its content.
 */
final class BytesText {
  /** The most that an array's text takes: {@code [B@} and eight digits. */
  private static final int MOST = 11;

  private BytesText() {}

  /** The length of the text of an array. */
  static int length(byte[] bytes) {
    return 3 + Integer.toHexString(System.identityHashCode(bytes)).length();
  }

  /**
   * An array of equal content of which the text is told from what converters make of the content by
   * its length alone. The array itself, if that is the case for it.
   */
  static byte[] distinct(byte[] bytes) {
    byte[] copy = bytes;
    while (isLengthOfContent(length(copy), copy.length)) {
      copy = copy.clone();
    }
    return copy;
  }

  /**
   * Whether a converter may make so many bytes of a content: the bytes themselves, Base64 with and
   * without quotes, or Avro with a schema id of 4 or 8 bytes.
   */
  private static boolean isLengthOfContent(int length, int content) {
    if (content > MOST) {
      return false;
    }
    int base64 = (content + 2) / 3 * 4;
    return length == content
        || length == content + 1
        || length == content + 5
        || length == content + 6
        || length == content + 9
        || length == content + 10
        || length == base64
        || length == base64 + 2;
  }
}
