// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttVersion;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

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
    if (isEndOfStream(cause)) {
      return failure(
          Kind.TRANSIENT,
          "CONNECTION_FAILED",
          broker
              + ": connecting failed: "
              + text(cause)
              + (broker.scheme().secure()
                  ? "; check that the port speaks TLS (use tcp:// or ws:// if not), and whether the"
                      + " broker requires a client certificate (ssl.keystore.location)"
                  : ""),
          cause);
    }
    Optional<TlsErrors.TlsError> tls = TlsErrors.of(cause);
    if (tls.isPresent()) {
      return tls(broker, tls.get(), cause);
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
            + " port speaks "
            + (broker.scheme().secure() ? "TLS and MQTT" : "MQTT without TLS"),
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
    Optional<TlsErrors.TlsError> tls =
        isEndOfStream(cause) ? Optional.empty() : TlsErrors.of(cause);
    if (tls.isPresent()) {
      return tls(broker, tls.get(), cause);
    }
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

  /** The connection ended before the broker answered CONNECT. */
  public static ProtocolException notAccepted(
      BrokerAddress broker, MqttVersion version, String clientId, Throwable cause) {
    Optional<TlsErrors.TlsError> tls =
        isEndOfStream(cause) ? Optional.empty() : TlsErrors.of(cause);
    if (tls.isPresent()) {
      return tls(broker, tls.get(), cause);
    }
    return failure(
        Kind.TRANSIENT,
        "CONNECTION_LOST",
        broker
            + ": the connection ended before the broker accepted it ("
            + (cause == null ? "the broker closed it" : text(cause))
            + "); check that it supports mqtt.version="
            + (version == MqttVersion.V3 ? "3" : "5")
            + ", that it allows the client id '"
            + clientId
            + "' and the user, and "
            + (broker.scheme().secure()
                ? "whether it requires a client certificate (ssl.keystore.location)"
                : "whether the port requires TLS (ssl:// instead of tcp://)"),
        cause);
  }

  /** Another protocol than MQTT answered. */
  public static ProtocolException foreign(BrokerAddress broker, String protocol, String remedy) {
    return failure(
        Kind.CONFIGURATION,
        protocol + "_SPOKEN",
        broker + ": the port speaks " + protocol + ", not MQTT; use " + remedy,
        null);
  }

  /** The broker answered MQTT 5 in the form of MQTT 3.1.1. */
  public static ProtocolException withoutVersion5(BrokerAddress broker) {
    return failure(
        Kind.CONFIGURATION,
        ReasonCode.UNSUPPORTED_PROTOCOL_VERSION.status(),
        broker
            + ": the broker refused with "
            + ReasonCode.UNSUPPORTED_PROTOCOL_VERSION.status()
            + "; it has MQTT 3.1.1 only: set mqtt.version=3",
        null);
  }

  /** The broker refused with an MQTT 5 reason code. */
  public static ProtocolException refused(BrokerAddress broker, Refusal refusal) {
    int code = refusal.code();
    boolean passing = ReasonCode.isTransient(code) || code == ReasonCode.UNSPECIFIED_ERROR.code();
    return failure(
        passing ? Kind.TRANSIENT : Kind.CONFIGURATION,
        ReasonCode.status(code),
        broker + ": the broker refused with " + refusal.text(),
        null);
  }

  /** CONNACK refused with an MQTT 3.1.1 return code (§3.2.2.3). */
  public static ProtocolException refusedV3(BrokerAddress broker, int code) {
    return switch (code) {
      case V3_PROTOCOL_VERSION -> refused(broker, ReasonCode.UNSUPPORTED_PROTOCOL_VERSION);
      case V3_CLIENT_ID -> refused(broker, ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
      case V3_UNAVAILABLE -> refused(broker, ReasonCode.SERVER_UNAVAILABLE);
      case V3_CREDENTIALS -> refused(broker, ReasonCode.BAD_USER_NAME_OR_PASSWORD);
      case V3_AUTHORIZATION -> refused(broker, ReasonCode.NOT_AUTHORIZED);
      default ->
          refused(
              broker, new Refusal(ReasonCode.UNSPECIFIED_ERROR.code(), "return code " + code, ""));
    };
  }

  private static ProtocolException refused(BrokerAddress broker, ReasonCode reason) {
    return refused(broker, new Refusal(reason.code(), "", ""));
  }

  private static ProtocolException tls(
      BrokerAddress broker, TlsErrors.TlsError error, Throwable cause) {
    return failure(Kind.CONFIGURATION, error.status(), broker + ": " + error.text(), cause);
  }

  /** Whether the other side went away, also in the midst of a handshake. */
  private static boolean isEndOfStream(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException || cause instanceof SocketException) {
        return true;
      }
    }
    return false;
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

  private static ProtocolException failure(
      Kind kind, String status, String message, Throwable cause) {
    return new ProtocolException(kind, Scope.CONNECTION, status, message, cause);
  }
}
