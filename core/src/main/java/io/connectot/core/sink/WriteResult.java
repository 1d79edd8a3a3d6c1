// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

/**
 * The outcome of a write.
 *
 * @param reason the target's status, e.g. {@code 0x87 NOT_AUTHORIZED}, or why there is none
 */
public record WriteResult(Outcome outcome, String reason) {

  /** What follows from a result. */
  public enum Outcome {
    /** The target has the record. */
    DONE,
    /** The target may or may not have it: it is written again, on a new connection if need be. */
    RETRY,
    /** The target refused it and would refuse it again: it goes to the error reporter. */
    REFUSED,
    /** The target refused it, and the driver has reported that: nothing more is done. */
    REPORTED
  }
}
