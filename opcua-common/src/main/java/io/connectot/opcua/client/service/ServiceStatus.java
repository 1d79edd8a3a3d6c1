// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.service;

import io.connectot.core.spi.ProtocolException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** The status codes that services fail with (OPC UA Part 4 §7.39). */
public final class ServiceStatus {
  private static final Set<Long> CONNECTION =
      Set.of(
          StatusCodes.Bad_Timeout,
          StatusCodes.Bad_RequestTimeout,
          StatusCodes.Bad_CommunicationError,
          StatusCodes.Bad_ConnectionClosed,
          StatusCodes.Bad_ConnectionRejected,
          StatusCodes.Bad_SecureChannelClosed,
          StatusCodes.Bad_SecureChannelIdInvalid,
          StatusCodes.Bad_ServerNotConnected,
          StatusCodes.Bad_SessionClosed,
          StatusCodes.Bad_SessionIdInvalid,
          StatusCodes.Bad_SessionNotActivated,
          StatusCodes.Bad_Shutdown,
          StatusCodes.Bad_ServerHalted,
          StatusCodes.Bad_UnexpectedError);

  /** The server checks the session before it carries a request out (OPC UA Part 4 §5.7.1). */
  private static final Set<Long> WITHOUT_SESSION =
      Set.of(
          StatusCodes.Bad_SessionIdInvalid,
          StatusCodes.Bad_SessionClosed,
          StatusCodes.Bad_SessionNotActivated);

  /** How long a request that was refused may take to fail after the session it was refused for. */
  private static final Duration REFUSAL = Duration.ofMillis(200);

  /** The bits of the severity and the sub-code. */
  private static final long CODE = 0xFFFF_0000L;

  private ServiceStatus() {}

  /**
   * The code of a failed service, without its flags and information bits; {@code
   * Bad_UnexpectedError} when there is none.
   */
  public static long of(Throwable failure) {
    return UaException.extractStatusCode(failure)
        .map(ServiceStatus::code)
        .orElse(StatusCodes.Bad_UnexpectedError);
  }

  /** The code of a status, without its flags and information bits (OPC UA Part 4 §7.39.1). */
  public static long code(StatusCode status) {
    return status.value() & CODE;
  }

  /** Code and name as records carry it, e.g. {@code 0x80340000 Bad_NodeIdUnknown}. */
  public static String text(StatusCode status) {
    String code = String.format("0x%08X", status.value());
    return StatusCodes.lookup(code(status)).map(names -> code + " " + names[0]).orElse(code);
  }

  /** Whether a request has to be made of fewer operations. */
  public static boolean tooLarge(ProtocolException failure) {
    long code = of(failure);
    return code == StatusCodes.Bad_TooManyOperations
        || code == StatusCodes.Bad_RequestTooLarge
        || code == StatusCodes.Bad_ResponseTooLarge
        || code == StatusCodes.Bad_EncodingLimitsExceeded;
  }

  /** Whether the server does not have the service or method at all. */
  public static boolean unsupported(long code) {
    return code == StatusCodes.Bad_ServiceUnsupported
        || code == StatusCodes.Bad_NotImplemented
        || code == StatusCodes.Bad_NotSupported
        || code == StatusCodes.Bad_MethodInvalid
        || code == StatusCodes.Bad_NodeIdUnknown;
  }

  /** Whether a request fails with this code because there is no session. */
  public static boolean isWithoutSession(long code) {
    return WITHOUT_SESSION.contains(code);
  }

  /**
   * Whether a request was refused, or not sent, because there is no session any more, so that
   * nothing of it was carried out. To be asked when the session is over.
   *
   * @param answer of the request itself; the end of the session does not say what became of it
   */
  public static boolean isWithoutSession(CompletableFuture<?> answer) {
    ResponseFutures.settle(answer, REFUSAL);
    return answer.isCompletedExceptionally()
        && isWithoutSession(of(answer.handle((value, failure) -> failure).join()));
  }

  /**
   * Whether a failure is one of the session or the connection, not the answer of a server to one
   * request.
   */
  public static boolean endsConnection(long code) {
    return CONNECTION.contains(code);
  }
}
