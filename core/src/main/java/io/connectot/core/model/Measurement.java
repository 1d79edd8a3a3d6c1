// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

/**
 * One value of one point at one instant. Immutable.
 *
 * @param point the tag of the device that it was read from
 * @param timestampNanos when the value held at the source, epoch nanoseconds: the device's own
 *     time, else the time of the read
 * @param receivedNanos when the connector had it, epoch nanoseconds
 * @param value the value; null when BAD, and when UNCERTAIN without a usable value
 * @param quality how far to trust it
 * @param status the protocol's own code and name, e.g. {@code 2 ILLEGAL_DATA_ADDRESS}; null when
 *     there is none
 * @param historical whether it was read from history later, rather than live
 * @param position its position in the source; null when the source cannot resume
 */
public record Measurement(
    Point<?> point,
    long timestampNanos,
    long receivedNanos,
    Value value,
    Quality quality,
    String status,
    boolean historical,
    SourcePosition position)
    implements SourceEvent {

  public Measurement {
    if (quality == Quality.GOOD && value == null) {
      throw new IllegalArgumentException("a GOOD measurement of " + point + " needs a value");
    }
    if (quality == Quality.BAD && value != null) {
      throw new IllegalArgumentException("a BAD measurement of " + point + " has no value");
    }
  }

  /** A live value. */
  public Measurement(
      Point<?> point,
      long timestampNanos,
      long receivedNanos,
      Value value,
      Quality quality,
      String status,
      SourcePosition position) {
    this(point, timestampNanos, receivedNanos, value, quality, status, false, position);
  }

  /** A live value of a source that cannot resume after a restart. */
  public Measurement(
      Point<?> point,
      long timestampNanos,
      long receivedNanos,
      Value value,
      Quality quality,
      String status) {
    this(point, timestampNanos, receivedNanos, value, quality, status, null);
  }

  /** The same value, read from history. */
  public Measurement asHistorical() {
    return new Measurement(
        point, timestampNanos, receivedNanos, value, quality, status, true, position);
  }

  /** The same instant and position without the value, which cannot be recorded. */
  public Measurement asBad(String reason) {
    return new Measurement(
        point, timestampNanos, receivedNanos, null, Quality.BAD, reason, historical, position);
  }

  /** The device it was read from. */
  public Device<?> device() {
    return point.device();
  }

  /** The tag it belongs to. */
  public Tag<?> tag() {
    return point.tag();
  }

  /** A trusted value, read just now. */
  public static Measurement good(Point<?> point, long nanos, Value value) {
    return new Measurement(point, nanos, nanos, value, Quality.GOOD, null);
  }

  /** A tag without a usable value although its source answered, e.g. with a sentinel. */
  public static Measurement uncertain(Point<?> point, long nanos, String status) {
    return new Measurement(point, nanos, nanos, null, Quality.UNCERTAIN, status);
  }

  /** A failed read. */
  public static Measurement bad(Point<?> point, long nanos, String status) {
    return new Measurement(point, nanos, nanos, null, Quality.BAD, status);
  }
}
