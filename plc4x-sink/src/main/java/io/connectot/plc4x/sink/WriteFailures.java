// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteOutcome.Failed;
import io.connectot.core.spi.WriteOutcome.Unknown;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.config.ConnectionHints;
import io.connectot.plc4x.config.ConnectionString;
import java.time.Duration;

/** What the failures of writes to one endpoint mean. Immutable. */
final class WriteFailures {
  private final ConnectionString url;
  private final Duration timeout;

  WriteFailures(ConnectionString url, Duration timeout) {
    this.url = url;
    this.timeout = timeout;
  }

  /** The outcome of a write that the device answered. */
  WriteOutcome outcome(WrittenTag tag, ResponseCode code) {
    if (code == ResponseCode.OK) {
      return WriteOutcome.Done.ACCEPTED;
    } else if (code == ResponseCode.RESPONSE_PENDING) {
      return new Unknown(
          code.status(),
          tag
              + ": the answer does not say whether the device has the value; read it before it is"
              + " written again");
    }
    return new Failed(
        code.status(), tag + ": the device rejected the write with " + code + "; " + hint(code));
  }

  private String hint(ResponseCode code) {
    return switch (code) {
      case ACCESS_DENIED -> ConnectionHints.forAccess(url.driver());
      case INVALID_DATATYPE -> "check the type in the address";
      case INVALID_DATA -> "check the range of the tag in the controller";
      default -> "check the address, and that the controller permits writes to it";
    };
  }

  /** The outcome of a write to which the device answered with an error of the protocol. */
  WriteOutcome refused(WrittenTag tag, DriverException failure) {
    return new Failed(
        ResponseCode.REMOTE_ERROR.status(),
        tag + ": the device rejected the write: " + url.redact(failure.getMessage()));
  }

  /** The outcome of a write of which the driver did not make a request. */
  WriteOutcome notEncoded(WrittenTag tag, DriverException failure) {
    return new Failed(
        "DRIVER_ERROR",
        tag + ": the driver did not send the write: " + url.redact(failure.getMessage()));
  }

  ProtocolException timeout() {
    return failure(
        "TIMEOUT", url.endpoint() + " did not answer within " + timeout.toMillis() + " ms");
  }

  ProtocolException noAnswer(DriverException failure) {
    return failure(
        failure.kind() == DriverException.Kind.UNREADABLE ? "UNREADABLE_ANSWER" : "NO_ANSWER",
        url.endpoint() + ": " + url.redact(failure.getMessage()));
  }

  ProtocolException lost(DriverException failure) {
    return failure(
        "CONNECTION_LOST",
        "the connection to " + url.endpoint() + " was lost: " + url.redact(failure.getMessage()));
  }

  private static ProtocolException failure(String status, String message) {
    return new ProtocolException(Kind.TRANSIENT, Scope.CONNECTION, status, message, null);
  }
}
