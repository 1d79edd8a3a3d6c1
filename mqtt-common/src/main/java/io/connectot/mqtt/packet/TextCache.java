// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

import java.util.Arrays;

/**
 * Caches decoded strings by their bytes, so that repeated strings are not validated and decoded
 * again and keep their cached hash code. On a collision the newer string replaces the older. For
 * one thread.
 */
public final class TextCache {
  private static final int SLOTS = 1024;

  /** Limits the cache to about 100 KiB. */
  private static final int LONGEST = 100;

  private final byte[][] bytes = new byte[SLOTS][];
  private final String[] texts = new String[SLOTS];

  /** Null when not cached. */
  String find(byte[] data, int from, int length) {
    int slot = slot(data, from, length);
    byte[] known = bytes[slot];
    return known != null && Arrays.equals(known, 0, known.length, data, from, from + length)
        ? texts[slot]
        : null;
  }

  void put(byte[] data, int from, int length, String text) {
    if (length <= LONGEST) {
      int slot = slot(data, from, length);
      bytes[slot] = Arrays.copyOfRange(data, from, from + length);
      texts[slot] = text;
    }
  }

  private static int slot(byte[] data, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + data[i];
    }
    return (hash ^ hash >>> 16) & (SLOTS - 1);
  }
}
