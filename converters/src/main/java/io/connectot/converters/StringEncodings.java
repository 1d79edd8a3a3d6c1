// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.util.Arrays;

/**
 * Encodings of strings that occur again and again, such as names of devices. Of two strings in the
 * same slot, the later one replaces the earlier one. A string is stored when it is offered twice in
 * a row, so that strings that never repeat cost no memory.
 *
 * <p>Safe for use by several threads: entries are immutable, and a lost update only costs an
 * encoding.
 */
final class StringEncodings {
  private static final int SLOTS = 4096;

  /** Longer texts rarely repeat. */
  static final int MAX_LENGTH = 128;

  private final Entry[] entries = new Entry[SLOTS];
  private final int[] offered = new int[SLOTS];

  /**
   * Returns the encoding of a string, or null if it is not stored. The caller must not change it.
   */
  byte[] find(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    Entry entry = entries[slot(text.hashCode())];
    return entry != null && entry.text.equals(text) ? entry.bytes : null;
  }

  /**
   * Stores the encoding of a string that {@link #find} does not know, if it is likely to repeat.
   */
  void offer(String text, byte[] source, int from, int to) {
    if (text.length() > MAX_LENGTH) {
      return;
    }
    int hash = text.hashCode();
    int slot = slot(hash);
    if (offered[slot] == hash) {
      entries[slot] = new Entry(text, Arrays.copyOfRange(source, from, to));
    } else {
      offered[slot] = hash;
    }
  }

  private static int slot(int hash) {
    return (hash ^ (hash >>> 12)) & (SLOTS - 1);
  }

  /** Immutable, so that a reader without synchronization sees it completely. */
  private static final class Entry {
    private final String text;
    private final byte[] bytes;

    Entry(String text, byte[] bytes) {
      this.text = text;
      this.bytes = bytes;
    }
  }
}
