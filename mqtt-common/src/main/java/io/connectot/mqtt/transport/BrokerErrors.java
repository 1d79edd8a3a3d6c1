// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.mqtt.config.BrokerAddress;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Creates the exceptions for failed connections, with texts for operators. */
public final class BrokerErrors {
  private static final int V3_PROTOCOL_VERSION = 1;
  private static final int V3_CLIENT_ID = 2;
  private static final int V3_UNAVAILABLE = 3;
  private static final int V3_CREDENTIALS = 4;
  private static final int V3_AUTHORIZATION = 5;

  private BrokerErrors() {}

  /** The network or a handshake failed. */
  public static ProtocolException connecting(BrokerAddress broker, Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return failure(
          Kind.TRANSIENT,
          "UNKNOWN_HOST",
          broker + ": the host name is unknown; check the name and the worker's DNS",
          cause);
    }
    if (cause instanceof SocketTimeoutException) {
      return timeout(broker, cause);
    }
    if (cause instanceof NoRouteToHostException) {
      return failure(
          Kind.TRANSIENT,
          "HOST_UNREACHABLE",
          broker + ": there is no route to the host; check network and firewall",
          cause);
    }
    if (cause instanceof ConnectException) {
      return failure(
          Kind.TRANSIENT,
          "CONNECTION_REFUSED",
          broker + ": the connection was refused; check that the broker listens on this port",
          cause);
    }
    if (cause instanceof SSLException
        && !causedBy(cause, EOFException.class)
        && !causedBy(cause, SocketException.class)) {
      return failure(
          Kind.CONFIGURATION,
          "TLS_HANDSHAKE",
          broker
              + ": TLS failed: "
              + cause.getMessage()
              + "; check trust store, host name, client certificate, and that the port speaks TLS",
          cause);
    }
    return failure(
        Kind.TRANSIENT, "CONNECTION_FAILED", broker + ": connecting failed: " + text(cause), cause);
  }

  public static ProtocolException timeout(BrokerAddress broker, Throwable cause) {
    return failure(
        Kind.TRANSIENT,
        "CONNECT_TIMEOUT",
        broker
            + ": connecting timed out; check address, firewall, and that the"
            + " port speaks MQTT",
        cause);
  }

  /** A request on an established connection timed out. */
  public static ProtocolException noAnswer(BrokerAddress broker, String request) {
    return failure(
        Kind.TRANSIENT,
        "REQUEST_TIMEOUT",
        broker + ": the broker did not answer " + request + " in time",
        null);
  }

  public static ProtocolException closed(BrokerAddress broker, Throwable cause) {
    return failure(Kind.TRANSIENT, "CLOSED", broker + ": the connection was closed", cause);
  }

  /** The connection was lost. */
  public static ProtocolException lost(BrokerAddress broker, Throwable cause) {
    String detail = cause == null ? "the broker closed it" : text(cause);
    return failure(
        Kind.TRANSIENT, "CONNECTION_LOST", broker + ": the connection was lost: " + detail, cause);
  }

  /** This process failed, or the broker sent an unexpected packet. */
  public static ProtocolException broken(BrokerAddress broker, Throwable cause) {
    return failure(
        Kind.TRANSIENT,
        "PROTOCOL_ERROR",
        broker + ": a packet could not be handled (" + cause + "); the connection is closed",
        cause);
  }

  /** The broker sent an invalid packet or exceeded a limit. */
  public static ProtocolException invalid(
      BrokerAddress broker, ReasonCode reason, Throwable cause) {
    return failure(
        Kind.TRANSIENT,
        "PROTOCOL_ERROR",
        broker
            + ": the broker sent "
            + cause.getMessage()
            + "; the connection is closed ("
            + reason.status()
            + ")",
        cause);
  }

  /** The broker refused with an MQTT 5 reason code. */
  public static ProtocolException refused(BrokerAddress broker, int code, String reason) {
    boolean passing = ReasonCode.isTransient(code) || code == ReasonCode.UNSPECIFIED_ERROR.code();
    return failure(
        passing ? Kind.TRANSIENT : Kind.CONFIGURATION,
        ReasonCode.status(code),
        broker
            + ": the broker refused with "
            + ReasonCode.status(code)
            + (reason == null || reason.isEmpty() ? "" : " (" + reason + ")"),
        null);
  }

  /** CONNACK refused with an MQTT 3.1.1 return code (§3.2.2.3). */
  public static ProtocolException refusedV3(BrokerAddress broker, int code) {
    return switch (code) {
      case V3_PROTOCOL_VERSION -> refused(broker, 0x84, "set mqtt.version=5");
      case V3_CLIENT_ID -> refused(broker, 0x85, "change mqtt.client.id");
      case V3_UNAVAILABLE -> refused(broker, 0x88, "");
      case V3_CREDENTIALS -> refused(broker, 0x86, "check mqtt.username and mqtt.password");
      case V3_AUTHORIZATION -> refused(broker, 0x87, "");
      default -> refused(broker, ReasonCode.UNSPECIFIED_ERROR.code(), "return code " + code);
    };
  }

  private static String text(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof EOFException && deepest.getMessage() == null) {
      return "the broker closed it";
    }
    return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
  }

  private static boolean causedBy(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static ProtocolException failure(
      Kind kind, String status, String message, Throwable cause) {
    return new ProtocolException(kind, Scope.CONNECTION, status, message, cause);
  }
}
