// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/**
 * The outcome of a publication.
 *
 * @param reason the reason code and its name, e.g. {@code 0x87 NOT_AUTHORIZED}, or a text why the
 *     connection ended
 * @param isSent whether the message left; false if the client knew before that the broker refuses
 *     it
 */
public record PublishResult(Outcome outcome, String reason, boolean isSent) {
  public static final PublishResult SUCCESS =
      new PublishResult(Outcome.DONE, ReasonCode.SUCCESS.status());

  /** The next action of the publisher. */
  public enum Outcome {
    /** The broker has the message; for QoS 0, the network has it. */
    DONE,
    /** Unknown: send the message again, over a new connection if this one has ended. */
    RETRY,
    /** The broker refuses the message and would refuse it again. */
    REFUSED
  }

  /** The outcome of a message that left. */
  public PublishResult(Outcome outcome, String reason) {
    this(outcome, reason, true);
  }

  public static PublishResult retry(String reason) {
    return new PublishResult(Outcome.RETRY, reason);
  }

  /** The broker would refuse the message, which was not sent. */
  public static PublishResult refused(ReasonCode reason) {
    return new PublishResult(Outcome.REFUSED, reason.status(), false);
  }

  /** Interprets the reason code of a PUBACK, PUBREC or PUBCOMP. */
  public static PublishResult of(int code) {
    if (code < ReasonCode.FIRST_ERROR) {
      return code == ReasonCode.SUCCESS.code()
          ? SUCCESS
          : new PublishResult(Outcome.DONE, ReasonCode.status(code));
    }
    return new PublishResult(
        ReasonCode.isTransient(code) ? Outcome.RETRY : Outcome.REFUSED, ReasonCode.status(code));
  }
}
