// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverException.Kind;
import io.connectot.plc4x.adapter.ResponseCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.plc4x.java.api.exceptions.PlcConnectionException;
import org.apache.plc4x.java.api.exceptions.PlcException;
import org.apache.plc4x.java.api.exceptions.PlcIoException;
import org.apache.plc4x.java.api.exceptions.PlcProtocolTimeoutException;
import org.apache.plc4x.java.api.exceptions.PlcTimeoutException;
import org.apache.plc4x.java.api.types.PlcResponseCode;

/** What became of requests, in the words of the adapter. */
final class RequestResults {
  private static final Map<PlcResponseCode, ResponseCode> CODES = codes();

  private static final int MAX_DEPTH = 10;

  private RequestResults() {}

  /** The failure of a request that was sent. */
  static DriverException failure(Throwable cause) {
    if (cause instanceof DriverException failure) {
      return failure;
    }
    boolean lost = false;
    Throwable current = cause;
    // S7 wraps what happened in an error of the protocol.
    for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
      lost |= isLoss(current);
      current = current.getCause();
    }
    Kind kind =
        lost ? Kind.NO_ANSWER : cause instanceof PlcException ? Kind.REFUSED : Kind.UNREADABLE;
    return new DriverException(ExceptionMessages.reason(cause), cause, kind);
  }

  private static boolean isLoss(Throwable cause) {
    return cause instanceof TimeoutException
        || cause instanceof CancellationException
        || cause instanceof PlcIoException
        || cause instanceof PlcConnectionException
        || cause instanceof PlcProtocolTimeoutException
        || cause instanceof PlcTimeoutException;
  }

  /** The code of a tag; an error when the response has none. */
  static ResponseCode code(Supplier<PlcResponseCode> supplier) {
    PlcResponseCode code;
    try {
      code = supplier.get();
    } catch (RuntimeException e) {
      // Thrown for a tag that is missing in the response.
      return ResponseCode.INTERNAL_ERROR;
    }
    return code == null ? ResponseCode.INTERNAL_ERROR : CODES.get(code);
  }

  private static Map<PlcResponseCode, ResponseCode> codes() {
    Map<PlcResponseCode, ResponseCode> codes = new EnumMap<>(PlcResponseCode.class);
    for (PlcResponseCode code : PlcResponseCode.values()) {
      codes.put(code, ResponseCode.valueOf(code.name()));
    }
    return codes;
  }
}
