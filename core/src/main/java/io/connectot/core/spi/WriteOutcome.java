// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import java.util.ArrayList;
import java.util.List;

/** What became of the write of one tag, as far as the session knows. */
public sealed interface WriteOutcome {

  /**
   * The outcomes of a command of which a write is rejected: it is sent as a whole or not at all.
   *
   * @param outcomes null for writes that are not rejected for themselves
   */
  static List<WriteOutcome> nothingSent(List<WriteOutcome> outcomes) {
    List<WriteOutcome> all = new ArrayList<>(outcomes);
    all.replaceAll(outcome -> outcome == null ? Rejected.WITH_ANOTHER : outcome);
    return all;
  }

  /**
   * The device has the value, or has promised to take it over.
   *
   * @param verified whether the device reported the value itself, so that reading it back can add
   *     nothing
   * @param status the protocol's own code and name; null when there is none worth mentioning
   */
  record Done(boolean verified, String status) implements WriteOutcome {
    /** The device accepted the value. */
    public static final Done ACCEPTED = new Done(false, null);
  }

  /**
   * The session did not send it, because it can never work.
   *
   * @param reason cause and remedy, in words for an operator
   */
  record Rejected(String reason) implements WriteOutcome {
    private static final Rejected WITH_ANOTHER =
        new Rejected("another tag of the same command is rejected, so nothing was sent");
  }

  /**
   * The device answered that it did not take the value.
   *
   * @param status the protocol's own code and name, e.g. {@code 2 ILLEGAL_DATA_ADDRESS}
   * @param text cause and remedy, in words for an operator
   */
  record Failed(String status, String text) implements WriteOutcome {}

  /**
   * The request left, and there is no answer that says what became of it.
   *
   * @param status the protocol's own code and name, e.g. {@code TIMEOUT}
   * @param text cause and remedy, in words for an operator
   */
  record Unknown(String status, String text) implements WriteOutcome {}
}
