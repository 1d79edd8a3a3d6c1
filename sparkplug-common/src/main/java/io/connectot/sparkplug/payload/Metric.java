// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

/**
 * One metric of a payload. Immutable.
 *
 * @param name its name with folders; null in DATA that has the alias only
 * @param alias its alias; null when it has none
 * @param timestamp when the value held, in milliseconds since 1970; null when not given
 * @param dataType its type; {@link DataType#UNKNOWN} in DATA that leaves the type to the birth
 * @param historical whether the value is from the past and not the current one
 * @param isTransient whether the value is not meant to be stored
 * @param isNull whether it has no value
 * @param metadata what it says about the value; null when nothing
 * @param properties its properties; empty when it has none
 * @param value its value; null when {@code isNull}, and when none was sent
 */
public record Metric(
    String name,
    Long alias,
    Long timestamp,
    DataType dataType,
    boolean historical,
    boolean isTransient,
    boolean isNull,
    MetricMetadata metadata,
    PropertySet properties,
    MetricValue value) {

  /** A metric with a name, a type and a value; null for no value. */
  public static Metric of(String name, DataType dataType, MetricValue value) {
    return new Metric(
        name, null, null, dataType, false, false, value == null, null, PropertySet.EMPTY, value);
  }

  /**
   * This metric as a value of the type that its birth named. A metric that names its type itself
   * keeps it.
   */
  public Metric as(DataType type) {
    if (dataType != DataType.UNKNOWN || type == DataType.UNKNOWN) {
      return this;
    }
    return new Metric(
        name,
        alias,
        timestamp,
        type,
        historical,
        isTransient,
        isNull,
        metadata,
        properties,
        value == null ? null : TypedValues.of(type, value));
  }

  /** This metric with another name, e.g. the one that the birth gave to the alias; may be null. */
  public Metric withName(String name) {
    return copy(name, alias, timestamp, historical, properties);
  }

  /** This metric with an alias. */
  public Metric withAlias(Long alias) {
    return copy(name, alias, timestamp, historical, properties);
  }

  /** This metric at a time, in milliseconds since 1970. */
  public Metric withTimestamp(Long timestamp) {
    return copy(name, alias, timestamp, historical, properties);
  }

  /** This metric with properties. */
  public Metric withProperties(PropertySet properties) {
    return copy(name, alias, timestamp, historical, properties);
  }

  /** This metric as a value from the past. */
  public Metric asHistorical() {
    return copy(name, alias, timestamp, true, properties);
  }

  private Metric copy(
      String name, Long alias, Long timestamp, boolean historical, PropertySet properties) {
    return new Metric(
        name,
        alias,
        timestamp,
        dataType,
        historical,
        isTransient,
        isNull,
        metadata,
        properties,
        value);
  }
}
