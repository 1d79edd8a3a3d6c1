// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.io.IOException;

/** The one place that decides what a failure means. */
final class TallyErrors {
  /** The status of a counter that the device does not have. */
  static final String NO_SUCH_COUNTER = "1 NO_SUCH_COUNTER";

  /** The status of a counter that does not take a count. */
  static final String LOCKED = "2 LOCKED";

  private TallyErrors() {}

  /** The connection is gone, or could not be made: every device behind it is concerned. */
  static ProtocolException connectionLost(String endpoint, IOException cause) {
    return new ProtocolException(
        Kind.TRANSIENT,
        Scope.CONNECTION,
        "NO_CONNECTION",
        "No connection to " + endpoint + " (" + cause.getMessage() + "): check that it is on",
        cause);
  }

  /** The device is there but silent. */
  static ProtocolException timeout(String device, IOException cause) {
    return new ProtocolException(
        Kind.TRANSIENT,
        Scope.DEVICE,
        "TIMEOUT",
        "Device " + device + " does not answer: check it, or raise tally.timeout.ms",
        cause);
  }
}
