// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An event of a device, or a change of the state of an alarm. Immutable.
 *
 * @param device the device that sent it
 * @param type the name of its type at the source
 * @param origin what it is about
 * @param id what the device calls this one event; empty when it has no name for it
 * @param timestampNanos when it happened, epoch nanoseconds, by the device's clock
 * @param receivedNanos when the connector had it, epoch nanoseconds
 * @param severity how urgent, from 1 (lowest) to 1000
 * @param message for an operator; empty for none
 * @param condition the state of the alarm it is of; empty for an event that has no state
 * @param refresh whether it repeats the present state because the connector asked for it, rather
 *     than report something new
 * @param fields further fields, in the order of the device
 * @param position its position in the source; null when the source cannot resume
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

  /** The same event with its position in the source. */
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
   * @param retain whether it is still of interest; false is the last event of this alarm and branch
   *     until it comes up again
   * @param active whether the cause is there; empty when the device does not report it, as below
   * @param acknowledged whether an operator has acknowledged it
   * @param confirmed whether an operator has confirmed that it was dealt with
   * @param suppressed whether the device suppresses it at present
   * @param quality of the values it is derived from, as the device reports it
   * @param comment of the last change
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
