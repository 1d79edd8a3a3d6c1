// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.time.Instant;

/**
 * What became of the command to write one tag.
 *
 * @param device the name of the device, as the command has it; empty if it has none
 * @param tag the name of the tag, as the command has it; null for a command that names none
 * @param origin the command
 * @param state what became of it
 * @param verified whether the device was seen to have the value
 * @param status the protocol's own code and name; null when there is none
 * @param cause why it is not {@link State#DONE}, in words for an operator; null when it is
 * @param asked the value that the command asks for; null when it has none
 * @param read the value that was read back, in engineering units; null when there is none
 * @param attempts how often the value was sent to the device
 * @param started when it was first sent; null if never
 * @param finished when the result was known
 */
public record CommandResult(
    String device,
    String tag,
    Origin origin,
    State state,
    boolean verified,
    String status,
    String cause,
    Value asked,
    Value read,
    int attempts,
    Instant started,
    Instant finished) {

  /** What became of a command. */
  public enum State {
    /** The device has the value. */
    DONE,
    /** The command is not allowed or makes no sense; nothing was sent. */
    REJECTED,
    /** It was too old before it could be sent; nothing was sent. */
    EXPIRED,
    /** The device refused it. */
    FAILED,
    /** It was sent, and it is not known whether the device has the value. */
    UNKNOWN
  }

  /**
   * Where a command comes from.
   *
   * @param id what the sender calls it; null when it has no name
   * @param topic the Kafka topic
   * @param time the timestamp of its record; null when it has none
   */
  public record Origin(String id, String topic, int partition, long offset, Instant time) {}
}
