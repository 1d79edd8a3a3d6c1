// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/**
 * What became of a publication.
 *
 * @param reason the reason code and its name, e.g. {@code 0x87 NOT_AUTHORIZED}, or in words why the
 *     connection is over
 */
public record PublishResult(Outcome outcome, String reason) {
  public static final PublishResult SUCCESS =
      new PublishResult(Outcome.DONE, ReasonCode.SUCCESS.status());

  /** What to do now. */
  public enum Outcome {
    /** The broker has the message; of QoS 0, the network has. */
    DONE,
    /** It may or may not have it: send it again, over a new connection if this one is over. */
    RETRY,
    /** It does not want it, and would not next time. */
    REFUSED
  }

  public static PublishResult retry(String reason) {
    return new PublishResult(Outcome.RETRY, reason);
  }

  public static PublishResult refused(ReasonCode reason) {
    return new PublishResult(Outcome.REFUSED, reason.status());
  }

  /** The meaning of the reason code of a PUBACK, PUBREC or PUBCOMP. */
  public static PublishResult of(int code) {
    if (code < ReasonCode.FIRST_ERROR) {
      return SUCCESS;
    }
    return new PublishResult(
        ReasonCode.isTransient(code) ? Outcome.RETRY : Outcome.REFUSED, ReasonCode.status(code));
  }
}
