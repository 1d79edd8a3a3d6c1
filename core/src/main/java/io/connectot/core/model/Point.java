// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

/**
 * A tag of one device: where one series of values comes from.
 *
 * <p>A point is made once, by the owner of the tag, and every measurement of the tag refers to it:
 * the runtime for the tags of polled devices, a streaming session or its driver for its own. The
 * runtime keeps what it has to know from value to value in the point, so that no value costs a
 * look-up, and nothing is left of a point that is not referenced any more. Equality is identity.
 *
 * <p>Device and tag are immutable. {@link #history} and {@link #records} belong to the runtime,
 * which uses them on one thread at a time.
 *
 * @param <A> the protocol's own tag address
 */
public final class Point<A> {
  private final Device<?> device;
  private final Tag<A> tag;

  /** The point whose history counts; null when it is this one. */
  private final Point<?> historyOf;

  private History history;
  private Records records;

  public Point(Device<?> device, Tag<A> tag) {
    this(device, tag, null);
  }

  /**
   * @param other the same tag with another type or unit, as a source without a schema has it from
   *     value to value: both are one series of values, and share one history; null for none
   */
  public Point(Device<?> device, Tag<A> tag, Point<?> other) {
    this.device = device;
    this.tag = tag;
    this.historyOf = other;
  }

  /** What the report filter remembers of a point. */
  public interface History {}

  /** What is the same in all records of a point. */
  public interface Records {}

  /** The device the values come from. */
  public Device<?> device() {
    return device;
  }

  /** What is read from the device. */
  public Tag<A> tag() {
    return tag;
  }

  /** The point of the series of values that this one belongs to; mostly itself. */
  public Point<?> first() {
    return historyOf == null ? this : historyOf.first();
  }

  /** What the report filter remembers; null before the first value. */
  public History history() {
    return historyOf == null ? history : historyOf.history();
  }

  /** Sets what the report filter remembers. */
  public void history(History newHistory) {
    if (historyOf == null) {
      history = newHistory;
    } else {
      historyOf.history(newHistory);
    }
  }

  /** What is the same in all records; null before the first record. */
  public Records records() {
    return records;
  }

  /** Sets what is the same in all records. */
  public void records(Records newRecords) {
    records = newRecords;
  }

  @Override
  public String toString() {
    return "Point[" + device.name() + "/" + tag.name() + "]";
  }
}
