// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The value of a record as its converter wrote it, at most its first bytes. Keeps bytes, which are
 * half of a string.
 */
public final class RecordText {
  /** More of every tag would be too much to keep. */
  static final int MOST_BYTES = 8_192;

  private final byte[] bytes;
  private final boolean cut;

  RecordText(byte[] bytes) {
    this.cut = bytes.length > MOST_BYTES;
    this.bytes = cut ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8) + (cut ? "…" : "");
  }
}
