// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

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

/** Makes exceptions that name the cause of a failed connection and its remedy. */
public final class ConnectFailure {
  private ConnectFailure() {}

  /** A failed connection to {@code endpoint}. */
  public static ProtocolException of(String endpoint, IOException cause) {
    if (cause instanceof UnknownHostException) {
      return failure(
          Kind.TRANSIENT,
          "UNKNOWN_HOST",
          endpoint + ": unknown host; check the name and this machine's DNS",
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
          endpoint + ": no route to the host; check network and firewall",
          cause);
    }
    if (cause instanceof ConnectException || cause instanceof PortUnreachableException) {
      return failure(
          Kind.TRANSIENT,
          "CONNECTION_REFUSED",
          endpoint + ": the connection was refused; check that the device listens on this port",
          cause);
    }
    return failure(
        Kind.TRANSIENT,
        "CONNECTION_FAILED",
        endpoint + ": connection failed: " + cause.getMessage(),
        cause);
  }

  /** A failed TLS handshake with {@code endpoint}. */
  public static ProtocolException ofHandshake(String endpoint, IOException cause) {
    if (cause instanceof SocketTimeoutException || causedBy(cause, SocketTimeoutException.class)) {
      return failure(
          Kind.TRANSIENT,
          "TLS_HANDSHAKE",
          endpoint + ": the device did not complete the TLS handshake in time",
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
        endpoint + ": the device aborted the TLS handshake: " + cause.getMessage(),
        cause);
  }

  public static ProtocolException closed(String endpoint, IOException cause) {
    return failure(Kind.TRANSIENT, "CLOSED", endpoint + ": the connection was closed", cause);
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
