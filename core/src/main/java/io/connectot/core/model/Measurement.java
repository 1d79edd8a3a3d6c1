// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

/**
 * One value of one tag at one instant. Immutable; made by sessions, never by the runtime except for
 * the BAD ones that mark a device as away.
 *
 * @param device the device it was read from
 * @param tag the tag it belongs to
 * @param timestampNanos when the value held at the source, epoch nanoseconds: the device's own
 *     time, else the time of the read
 * @param receivedNanos when the connector had it, epoch nanoseconds
 * @param value the value; null when BAD, and when UNCERTAIN without a usable value
 * @param quality how far to trust it
 * @param status the protocol's own code and name, e.g. {@code 2 ILLEGAL_DATA_ADDRESS}; null when
 *     there is nothing to say
 * @param position where it stands in its source; null when the source cannot go on from there
 */
public record Measurement(
    Device<?> device,
    Tag<?> tag,
    long timestampNanos,
    long receivedNanos,
    Value value,
    Quality quality,
    String status,
    SourcePosition position)
    implements SourceEvent {

  public Measurement {
    if (quality == Quality.GOOD && value == null) {
      throw new IllegalArgumentException("a GOOD measurement of " + tag.name() + " needs a value");
    }
    if (quality == Quality.BAD && value != null) {
      throw new IllegalArgumentException("a BAD measurement of " + tag.name() + " has no value");
    }
  }

  /** A value of a source that cannot go on from it after a restart. */
  public Measurement(
      Device<?> device,
      Tag<?> tag,
      long timestampNanos,
      long receivedNanos,
      Value value,
      Quality quality,
      String status) {
    this(device, tag, timestampNanos, receivedNanos, value, quality, status, null);
  }

  /** A trusted value, read just now. */
  public static Measurement good(Device<?> device, Tag<?> tag, long nanos, Value value) {
    return new Measurement(device, tag, nanos, nanos, value, Quality.GOOD, null);
  }

  /** A tag without a usable value although its source answered, e.g. with a sentinel. */
  public static Measurement uncertain(Device<?> device, Tag<?> tag, long nanos, String status) {
    return new Measurement(device, tag, nanos, nanos, null, Quality.UNCERTAIN, status);
  }

  /** A failed read. */
  public static Measurement bad(Device<?> device, Tag<?> tag, long nanos, String status) {
    return new Measurement(device, tag, nanos, nanos, null, Quality.BAD, status);
  }
}
