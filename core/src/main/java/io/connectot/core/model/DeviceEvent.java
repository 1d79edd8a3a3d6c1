// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened, as a device tells it: an event, or a change of the state of an alarm.
 * Immutable.
 *
 * @param device the device that told it
 * @param type the name of its type at the source
 * @param origin what it is about
 * @param id what the device calls this one event; empty when it has no name for it
 * @param timestampNanos when it happened, epoch nanoseconds, by the device's clock
 * @param receivedNanos when the connector had it, epoch nanoseconds
 * @param severity how urgent, from 1 (lowest) to 1000
 * @param message for an operator; empty for none
 * @param condition the state of the alarm it is of; empty for an event that has no state
 * @param refresh whether it repeats the present state because the connector asked for it, rather
 *     than tell something new
 * @param fields what else the device says, in its order
 * @param position where it stands in its source; null when the source cannot go on from there
 */
public record DeviceEvent(
    Device<?> device,
    String type,
    Origin origin,
    Optional<String> id,
    long timestampNanos,
    long receivedNanos,
    int severity,
    Optional<String> message,
    Optional<Condition> condition,
    boolean refresh,
    Map<String, Value> fields,
    SourcePosition position)
    implements SourceEvent {

  public DeviceEvent {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** An event of a source that cannot go on from it after a restart. */
  public DeviceEvent(
      Device<?> device,
      String type,
      Origin origin,
      Optional<String> id,
      long timestampNanos,
      long receivedNanos,
      int severity,
      Optional<String> message,
      Optional<Condition> condition,
      boolean refresh,
      Map<String, Value> fields) {
    this(
        device,
        type,
        origin,
        id,
        timestampNanos,
        receivedNanos,
        severity,
        message,
        condition,
        refresh,
        fields,
        null);
  }

  /** The same event, of which the source knows where it stands. */
  public DeviceEvent at(SourcePosition where) {
    return new DeviceEvent(
        device,
        type,
        origin,
        id,
        timestampNanos,
        receivedNanos,
        severity,
        message,
        condition,
        refresh,
        fields,
        where);
  }

  /**
   * What an event is about.
   *
   * @param id the same for all events of this origin
   * @param name for people
   */
  public record Origin(String id, String name) {}

  /**
   * The state of an alarm, or of something like it.
   *
   * @param id the same for all events of this alarm, unique at the device
   * @param name for people
   * @param branch which earlier occurrence of the alarm it is, still to be dealt with; empty for
   *     the present one
   * @param retain whether it still concerns anybody; false is the last word on this alarm and
   *     branch until it comes up again
   * @param active whether the cause is there; empty when the device does not say, as below
   * @param acknowledged whether somebody has seen it
   * @param confirmed whether somebody has dealt with it
   * @param suppressed whether the device itself says that it is of no use now
   * @param quality of the values it comes from, as the device says it
   * @param comment of whoever changed it last
   */
  public record Condition(
      String id,
      Optional<String> name,
      Optional<String> branch,
      boolean retain,
      Optional<Boolean> active,
      Optional<Boolean> acknowledged,
      Optional<Boolean> confirmed,
      Optional<Boolean> suppressed,
      Optional<String> quality,
      Optional<String> comment) {}
}
