// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that bound what a task keeps in memory while Kafka is slow. */
public final class BufferConfig {
  public static final String BUFFER_MAX_RECORDS = "buffer.max.records";
  public static final String BUFFER_MAX_BYTES = "buffer.max.bytes";

  private static final String GROUP = "Buffer";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public BufferConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    return addTo(
        definition,
        "The most records a task keeps while Kafka is slower than the field. Then protocols"
            + " that push are slowed down by their own flow control, and polled ones skip scans"
            + " and report a gap. A batch larger than this passes on its own.");
  }

  /**
   * Adds the keys.
   *
   * @param recordsDoc what the documentation says about {@link #BUFFER_MAX_RECORDS}: what records
   *     wait for, and what happens when there are so many
   */
  public static ConfigDef addTo(ConfigDef definition, String recordsDoc) {
    Option.of(BUFFER_MAX_RECORDS, ConfigDef.Type.INT)
        .defaultValue(10_000)
        .validator(Checks.between(1, 10_000_000))
        .group(GROUP)
        .displayName("Buffered records")
        .width(Width.SHORT)
        .doc(recordsDoc)
        .addTo(definition);
    Option.of(BUFFER_MAX_BYTES, ConfigDef.Type.LONG)
        .defaultValue(16L * 1024 * 1024)
        .validator(Checks.between(1024, 1L << 40))
        .group(GROUP)
        .displayName("Buffered bytes")
        .width(Width.SHORT)
        .doc("The most memory these records take, in bytes, estimated.")
        .addTo(definition);
    return definition;
  }

  /** The most records kept. */
  public int bufferMaxRecords() {
    return config.getInt(BUFFER_MAX_RECORDS);
  }

  /** The most memory they take, in bytes. */
  public long bufferMaxBytes() {
    return config.getLong(BUFFER_MAX_BYTES);
  }
}
