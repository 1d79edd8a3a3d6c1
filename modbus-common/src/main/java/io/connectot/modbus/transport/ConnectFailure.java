// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Says why there is no connection, in words for an operator. */
final class ConnectFailure {
  private ConnectFailure() {}

  /** Names the failure of connecting to {@code endpoint}. */
  static ProtocolException of(String endpoint, IOException cause) {
    if (cause instanceof UnknownHostException) {
      return failure(
          Kind.TRANSIENT,
          "UNKNOWN_HOST",
          endpoint + ": the host name is unknown; check the name and this machine's DNS",
          cause);
    }
    if (cause instanceof SocketTimeoutException) {
      return failure(
          Kind.TRANSIENT,
          "CONNECT_TIMEOUT",
          endpoint + ": no connection within the connect timeout; check address and firewall",
          cause);
    }
    if (cause instanceof NoRouteToHostException) {
      return failure(
          Kind.TRANSIENT,
          "HOST_UNREACHABLE",
          endpoint + ": there is no route to the host; check network and firewall",
          cause);
    }
    if (cause instanceof ConnectException || cause instanceof PortUnreachableException) {
      return failure(
          Kind.TRANSIENT,
          "CONNECTION_REFUSED",
          endpoint + ": the connection was refused; check that the device serves this port",
          cause);
    }
    return failure(
        Kind.TRANSIENT,
        "CONNECTION_FAILED",
        endpoint + ": no connection: " + cause.getMessage(),
        cause);
  }

  /** Names the failure of the TLS handshake with {@code endpoint}. */
  static ProtocolException ofHandshake(String endpoint, IOException cause) {
    if (cause instanceof SocketTimeoutException || causedBy(cause, SocketTimeoutException.class)) {
      return failure(
          Kind.TRANSIENT,
          "TLS_HANDSHAKE",
          endpoint + ": the device did not finish the TLS handshake in time",
          cause);
    }
    if (cause instanceof SSLException
        && !causedBy(cause, EOFException.class)
        && !causedBy(cause, SocketException.class)) {
      return failure(
          Kind.CONFIGURATION,
          "TLS_HANDSHAKE",
          endpoint
              + ": TLS failed: "
              + cause.getMessage()
              + "; check trust store, host name, client certificate, and that the port speaks TLS",
          cause);
    }
    return failure(
        Kind.TRANSIENT,
        "TLS_HANDSHAKE",
        endpoint + ": the device broke off the TLS handshake: " + cause.getMessage(),
        cause);
  }

  static ProtocolException closed(String endpoint, IOException cause) {
    return failure(Kind.TRANSIENT, "CLOSED", endpoint + ": the link was closed", cause);
  }

  private static boolean causedBy(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  static ProtocolException failure(Kind kind, String status, String message, IOException cause) {
    return new ProtocolException(kind, Scope.CONNECTION, status, message, cause);
  }
}
