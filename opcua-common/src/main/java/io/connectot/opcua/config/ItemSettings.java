// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a node is monitored (OPC UA Part 4 §5.13.1). An empty option has the value of the connector's
 * key.
 *
 * @param sampling the sampling interval; zero for the fastest the server can
 * @param queue how many values the server keeps between publishes
 * @param discardOldest which value the server drops when its queue is full
 * @param trigger what makes a value worth a notification
 * @param deadband the server's own filter
 * @param indexRange the part of an array, OPC UA Part 4 §7.27, e.g. {@code 0:9}
 * @param skipFirst whether the value at the time of subscribing is left out
 */
public record ItemSettings(
    Optional<Duration> sampling,
    OptionalInt queue,
    Optional<Boolean> discardOldest,
    Optional<Trigger> trigger,
    Optional<ItemDeadband> deadband,
    Optional<String> indexRange,
    Optional<Boolean> skipFirst) {

  /** Every option as the connector's keys. */
  public static final ItemSettings DEFAULT =
      new ItemSettings(
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** These; the one instance of it when they are {@link #DEFAULT}, as of most of many tags. */
  ItemSettings shared() {
    return equals(DEFAULT) ? DEFAULT : this;
  }

  /** Whether a single element of an array is selected, and not a range of elements. */
  public boolean selectsElement() {
    return indexRange.isPresent() && !indexRange.get().contains(":");
  }

  /**
   * Whether the values are single elements of arrays.
   *
   * @param valueRank of the node: its number of dimensions (OPC UA Part 3 §5.6.2)
   */
  public boolean elementOf(int valueRank) {
    return selectsElement()
        && indexRange.get().chars().filter(c -> c == ',').count() + 1 == Math.max(1, valueRank);
  }

  /** What makes a value worth a notification (OPC UA Part 4 §7.10). */
  public enum Trigger {
    STATUS,
    STATUS_VALUE,
    STATUS_VALUE_TIMESTAMP
  }

  /**
   * A deadband that the server applies (OPC UA Part 4 §7.22.2, Part 8 §6.2).
   *
   * @param percent whether {@code size} is percent of the engineering unit range, from 0 to 100
   */
  public record ItemDeadband(double size, boolean percent) {}
}
