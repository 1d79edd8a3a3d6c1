// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import java.util.Collection;
import java.util.Map;

/** The offsets that the worker has stored. Thread-safe. */
@FunctionalInterface
public interface OffsetReader {
  /** Of a task that never ran before. */
  OffsetReader NONE = partitions -> Map.of();

  /**
   * Reads offsets. Blocks as long as the worker takes, which is when it starts a task a second or
   * so.
   *
   * @param partitions of {@link io.connectot.core.model.SourcePosition#partition}
   * @return the offsets of the partitions that have one
   */
  Map<Map<String, String>, Map<String, Object>> read(Collection<Map<String, String>> partitions);
}
