// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;

/** The keys that bound what a task keeps in memory while Kafka is slow. */
public final class BufferConfig {
  public static final Key<Integer> MAX_RECORDS =
      Key.integer("buffer.max.records", 10_000, 1, 10_000_000)
          .display("Buffered records")
          .doc(
              "Maximum records that a task buffers while Kafka is slower than the devices. When the"
                  + " buffer is full, protocols that push are slowed down by their own flow"
                  + " control, and polled protocols skip scans and report a gap. A batch larger"
                  + " than this passes on its own.");

  public static final Key<Long> MAX_BYTES =
      Key.number("buffer.max.bytes", 16L * 1024 * 1024, 1024, 1L << 40)
          .display("Buffered bytes")
          .doc("Maximum memory of these records, in bytes, estimated.");

  public static final Keys KEYS = Keys.group("Buffer", MAX_RECORDS, MAX_BYTES);

  private BufferConfig() {}
}
