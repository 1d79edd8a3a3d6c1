// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * How far a polled device's values are in Kafka, as the worker keeps it: partition {@code
 * {device}}, offset {@code {timestamp_ns}}, the time of its last scan that became records. A device
 * has no replay, so the offset only gives the time since when values are missing after a restart.
 */
public final class SourceOffset {
  private static final String DEVICE = "device";
  private static final String TIMESTAMP = "timestamp_ns";

  private SourceOffset() {}

  public static Map<String, String> partition(String device) {
    return Map.of(DEVICE, device);
  }

  public static Map<String, Long> offset(long timestampNanos) {
    return Map.of(TIMESTAMP, timestampNanos);
  }

  /**
   * The time an offset holds; empty when there is none or what is stored is none of ours.
   *
   * @param offset null when the worker has none
   */
  static Optional<Long> timestampNanos(Map<String, ?> offset) {
    return offset != null && offset.get(TIMESTAMP) instanceof Number timestamp
        ? Optional.of(timestamp.longValue())
        : Optional.empty();
  }

  /**
   * Checks what an operator wants to store.
   *
   * @param offset null to forget the device, which is allowed for any partition, so that garbage
   *     can be cleaned up
   * @throws ConnectException saying which field is wrong and what it must be
   */
  public static void check(Map<String, ?> partition, Map<String, ?> offset) {
    if (offset == null) {
      return;
    }
    if (partition == null
        || partition.size() != 1
        || !(partition.get(DEVICE) instanceof String device)
        || device.isEmpty()) {
      throw new ConnectException(
          "The partition " + partition + " must be {\"device\": \"<name>\"} and nothing else");
    }
    boolean valid =
        offset.size() == 1
            && offset.get(TIMESTAMP) instanceof Number timestamp
            && (timestamp instanceof Long || timestamp instanceof Integer)
            && timestamp.longValue() >= 0;
    if (!valid) {
      throw new ConnectException(
          "The offset "
              + offset
              + " of device "
              + device
              + " must be {\"timestamp_ns\": <nanoseconds since 1970>} and nothing else");
    }
  }
}
