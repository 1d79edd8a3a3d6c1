// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Finds the cause of a failed TLS handshake, and names the keys that correct it. */
final class TlsErrors {
  private static final String CERTIFICATE_KEYS =
      "ssl.keystore.location, or ssl.keystore.certificate.chain and ssl.keystore.key.location";

  private TlsErrors() {}

  /**
   * A cause.
   *
   * @param status its code
   * @param text for an operator, with the remedy
   */
  record TlsError(String status, String text) {}

  /** Empty when TLS did not fail. Brokers report some causes only after the handshake. */
  static Optional<TlsError> of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      if (cause instanceof SSLException && cause.getMessage() != null) {
        return Optional.of(of(cause, cause.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static TlsError of(Throwable cause, String message) {
    String text = message.toLowerCase(Locale.ROOT);
    if (text.contains("unrecognized ssl message")) {
      return new TlsError(
          "TLS_NOT_SPOKEN",
          "the port does not speak TLS; use the broker's TLS port, or tcp:// (ws://) for this one");
    }
    if (text.contains("fatal alert")) {
      return alert(text.substring(text.lastIndexOf(' ') + 1), message);
    }
    if (hasCause(cause, CertificateExpiredException.class)
        || hasCause(cause, CertificateNotYetValidException.class)) {
      return new TlsError(
          "TLS_HANDSHAKE",
          "TLS failed: the certificate of the broker is not valid now ("
              + deepest(cause).getMessage()
              + "); renew it, or correct the clock of this machine");
    }
    if (text.contains("certification path") || text.contains("trust anchor")) {
      return new TlsError(
          "TLS_HANDSHAKE",
          "TLS failed: the certificate of the broker is not trusted; put its authority into"
              + " ssl.truststore.location or ssl.truststore.certificates");
    }
    if (text.contains("subject alternative") || text.contains("no name matching")) {
      return new TlsError(
          "TLS_HANDSHAKE",
          "TLS failed: the certificate of the broker is for another host name ("
              + message
              + "); use that name in mqtt.brokers");
    }
    return new TlsError(
        "TLS_HANDSHAKE",
        "TLS failed: "
            + message
            + "; check trust store, host name, client certificate, and that the port speaks TLS");
  }

  /** Alerts of RFC 8446 §6.2 that brokers send. */
  private static TlsError alert(String alert, String message) {
    return switch (alert) {
      case "certificate_required" ->
          new TlsError(
              "CLIENT_CERTIFICATE_REQUIRED",
              "the broker requires a client certificate and got none; set "
                  + CERTIFICATE_KEYS
                  + ", with a certificate of an authority that the broker accepts");
      case "bad_certificate", "handshake_failure", "access_denied" ->
          new TlsError(
              "TLS_HANDSHAKE",
              "TLS failed: the broker refused the handshake ("
                  + alert
                  + "); if it requires a client certificate, set "
                  + CERTIFICATE_KEYS
                  + "; else check ssl.enabled.protocols and ssl.cipher.suites");
      case "unknown_ca", "certificate_unknown", "unsupported_certificate" ->
          new TlsError(
              "TLS_HANDSHAKE",
              "TLS failed: the broker does not accept the client certificate ("
                  + alert
                  + "); use one of an authority that the broker trusts ("
                  + CERTIFICATE_KEYS
                  + ")");
      case "certificate_expired", "certificate_revoked" ->
          new TlsError(
              "TLS_HANDSHAKE",
              "TLS failed: the client certificate is no longer valid ("
                  + alert
                  + "); renew it ("
                  + CERTIFICATE_KEYS
                  + ")");
      case "no_application_protocol" ->
          new TlsError(
              "TLS_HANDSHAKE",
              "TLS failed: the broker does not accept the application protocol; check mqtt.alpn");
      case "protocol_version", "insufficient_security" ->
          new TlsError(
              "TLS_HANDSHAKE",
              "TLS failed: client and broker have no TLS version or cipher in common ("
                  + alert
                  + "); check ssl.enabled.protocols and ssl.cipher.suites");
      default ->
          new TlsError(
              "TLS_HANDSHAKE",
              "TLS failed: " + message + "; check client certificate, host name and TLS versions");
    };
  }

  private static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable deepest(Throwable thrown) {
    Throwable deepest = thrown;
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      deepest = cause;
    }
    return deepest;
  }

  private static Throwable next(Throwable cause) {
    return cause.getCause() == cause ? null : cause.getCause();
  }
}
