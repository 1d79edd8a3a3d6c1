// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

/**
 * The most bytes that a record may take: {@code record.max.bytes}. Immutable.
 *
 * @param maxBytes key, value and headers, as a converter writes them
 * @param sizes how they are counted
 */
public record RecordLimit(int maxBytes, RecordSize sizes) {
  /** The name of the key, for messages. */
  public static final String KEY = "record.max.bytes";

  /** The default, below the 1048576 bytes that Kafka takes. */
  public static final int DEFAULT_BYTES = 1_000_000;

  /** The default, whatever the converter is. */
  public static final RecordLimit DEFAULT = new RecordLimit(DEFAULT_BYTES, RecordSize.LONGEST);

  /** Nothing that takes so many bytes of heap takes more than this times as many in a record. */
  private static final int MOST_GROWTH = 4;

  /**
   * Whether a record fits for certain, which is known at once.
   *
   * @param heapBytes what key, value and headers take at least of the heap
   */
  public boolean surelyFits(long heapBytes) {
    return heapBytes * MOST_GROWTH < maxBytes;
  }

  /** Why a record does not fit, and what to do: for {@code size} bytes. */
  public String excess(String kafkaTopic, long size) {
    return "a record for the Kafka topic "
        + kafkaTopic
        + " would take "
        + size
        + " bytes, "
        + KEY
        + " is "
        + maxBytes
        + "; publish less at once, or raise "
        + KEY
        + " with producer.override.max.request.size of the connector and max.message.bytes of the"
        + " topic";
  }
}
