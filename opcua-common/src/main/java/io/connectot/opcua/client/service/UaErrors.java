// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.service;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** Translates failures into errors with cause and remedy (OPC UA Part 4 §7.39.2). */
public final class UaErrors {
  private static final String USER =
      "the server rejects the user; check the opcua.auth keys and the "
          + "user's rights at the server";

  /** The status when the worker cannot resolve the host. */
  public static final String UNKNOWN_HOST = "UNKNOWN_HOST";

  private static final String OWN_CERTIFICATE =
      "the server does not accept the connector's certificate; trust it there";
  private static final String OWN_TIME =
      "by the server's clock the connector's certificate or that of its authority is not valid;"
          + " check the clock of the server, and when the certificate expires";
  private static final String POLICY =
      "the server rejects the security policy or mode; set "
          + "opcua.security.policy and opcua.security.mode to what it offers";
  private static final String NO_ANSWER =
      "no answer in time; check that the server is not overloaded and the "
          + "network is up, or raise opcua.connect.timeout.ms and "
          + "opcua.request.timeout.ms";
  private static final String CHECK =
      "; check the server's log, the network, and the address on the line of the device";
  private static final String LICENCE =
      "the server has no licence for this connection; extend its licence or close other clients";

  private static final Map<Long, String> CONFIGURATION =
      Map.ofEntries(
          Map.entry(StatusCodes.Bad_IdentityTokenRejected, USER),
          Map.entry(StatusCodes.Bad_IdentityTokenInvalid, USER),
          Map.entry(StatusCodes.Bad_UserAccessDenied, USER),
          Map.entry(StatusCodes.Bad_UserSignatureInvalid, USER),
          Map.entry(StatusCodes.Bad_SecurityChecksFailed, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_CertificateUntrusted, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_CertificateInvalid, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_CertificateTimeInvalid, OWN_TIME),
          Map.entry(StatusCodes.Bad_CertificateUriInvalid, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_CertificateHostNameInvalid, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_CertificateUseNotAllowed, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_CertificateRevoked, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_CertificateRevocationUnknown, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_CertificateChainIncomplete, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_CertificatePolicyCheckFailed, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_CertificateIssuerTimeInvalid, OWN_TIME),
          Map.entry(StatusCodes.Bad_CertificateIssuerRevoked, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_CertificateIssuerRevocationUnknown, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_ApplicationSignatureInvalid, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_NoValidCertificates, OWN_CERTIFICATE),
          Map.entry(StatusCodes.Bad_SecurityPolicyRejected, POLICY),
          Map.entry(StatusCodes.Bad_SecurityModeRejected, POLICY),
          Map.entry(StatusCodes.Bad_SecurityModeInsufficient, POLICY),
          Map.entry(
              StatusCodes.Bad_TcpEndpointUrlInvalid,
              "the server has no endpoint with this URL; check its path"),
          Map.entry(
              StatusCodes.Bad_ServerUriInvalid,
              "the server at this URL is not the one its endpoint names; check the device line"),
          Map.entry(StatusCodes.Bad_LicenseExpired, LICENCE),
          Map.entry(StatusCodes.Bad_LicenseLimitsExceeded, LICENCE),
          Map.entry(StatusCodes.Bad_LicenseNotAvailable, LICENCE));

  private static final Map<Long, String> TRANSIENT =
      Map.of(
          StatusCodes.Bad_Timeout,
          NO_ANSWER,
          StatusCodes.Bad_RequestTimeout,
          NO_ANSWER,
          StatusCodes.Bad_ConnectionRejected,
          "connection refused; check that the server runs and no firewall " + "blocks the port",
          StatusCodes.Bad_ConnectionClosed,
          "the connection was closed; if that happens at every attempt, check "
              + "the server's log, e.g. whether it trusts the connector's certificate",
          StatusCodes.Bad_TooManySessions,
          "the server has too many sessions. The session of a worker that was killed counts until"
              + " the server ends it, after opcua.session.timeout.ms at most. Close other clients,"
              + " raise the server's limit, or lower tasks.max: every task has a session",
          StatusCodes.Bad_TcpNotEnoughResources,
          "the server has too many connections; close other clients or raise " + "its limit",
          StatusCodes.Bad_SessionIdInvalid,
          "the server no longer has the session",
          StatusCodes.Bad_SessionClosed,
          "the server has closed the session",
          StatusCodes.Bad_ResponseTooLarge,
          "the response is larger than the server may send; lower " + "opcua.items.per.call",
          StatusCodes.Bad_EncodingLimitsExceeded,
          "the response is too large; lower opcua.items.per.call");

  private static final int LONGEST_REASON = 200;

  private UaErrors() {}

  /**
   * The error of a failure.
   *
   * @param url of the server that it concerns
   */
  public static ProtocolException of(Throwable failure, String url) {
    Throwable cause = unwrap(failure);
    if (cause instanceof ProtocolException known) {
      return known;
    }
    if (cause instanceof UaException ua) {
      return ofStatus(ua.getStatusCode(), ua, url);
    }
    if (cause instanceof UnknownHostException) {
      return of(
          Kind.TRANSIENT,
          UNKNOWN_HOST,
          url,
          "the worker cannot resolve the host; check it on the line of the "
              + "device, and the worker's name service",
          cause);
    }
    if (cause instanceof ConnectException) {
      StatusCode refused = new StatusCode(StatusCodes.Bad_ConnectionRejected);
      return ofStatus(refused, cause, url);
    }
    if (cause instanceof TimeoutException) {
      return ofStatus(new StatusCode(StatusCodes.Bad_Timeout), cause, url);
    }
    String detail = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return of(
        Kind.TRANSIENT,
        "0x80050000 Bad_CommunicationError",
        url,
        "the connection failed (" + cause.getClass().getSimpleName() + detail + ")" + CHECK,
        cause);
  }

  private static ProtocolException ofStatus(StatusCode status, Throwable cause, String url) {
    String text = statusText(status);
    String configuration = CONFIGURATION.get(status.value());
    if (configuration != null) {
      String detail = text + reason(status, cause);
      return of(Kind.CONFIGURATION, text, url, configuration + " (" + detail + ")", cause);
    }
    String meaning =
        TRANSIENT.getOrDefault(status.value(), "the server or its network failed" + CHECK);
    return of(Kind.TRANSIENT, text, url, meaning + " (" + text + ")", cause);
  }

  /** The server's own message, if there is one beside the status code. */
  private static String reason(StatusCode status, Throwable cause) {
    String message = cause.getMessage();
    boolean known =
        message == null
            || message.isBlank()
            || StatusCodes.lookup(status.value())
                .filter(names -> names[1].equals(message))
                .isPresent();
    return known ? "" : ", " + message.substring(0, Math.min(LONGEST_REASON, message.length()));
  }

  /** A failure of the connection, whose message is prefixed with the URL. */
  public static ProtocolException of(
      Kind kind, String status, String url, String message, Throwable cause) {
    return new ProtocolException(kind, Scope.CONNECTION, status, url + ": " + message, cause);
  }

  /** Code and name, e.g. {@code 0x80130000 Bad_ServiceUnsupported}. */
  public static String statusText(StatusCode status) {
    String code = String.format(Locale.ROOT, "0x%08X", status.value());
    return StatusCodes.lookup(status.value()).map(names -> code + " " + names[0]).orElse(code);
  }

  /** The cause inside the wrappers of futures: Milo's own exception if there is one. */
  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
      cause = cause.getCause();
    }
    return cause instanceof UaException || cause instanceof ProtocolException
        ? cause
        : UaException.extract(cause).map(Throwable.class::cast).orElse(cause);
  }
}
