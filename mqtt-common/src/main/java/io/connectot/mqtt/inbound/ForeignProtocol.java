// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.inbound;

import java.util.Optional;

/** Another protocol than MQTT that answers on a port, recognized by its first bytes. */
public enum ForeignProtocol {
  /** A TLS alert (RFC 8446 §5.1, §6). */
  TLS("TLS", "ssl:// instead of tcp://, or wss:// instead of ws://"),
  /** An HTTP response. */
  HTTP("HTTP", "ws:// or wss:// for MQTT over WebSockets, or the broker's MQTT port");

  private static final int ALERT = 0x15;
  private static final int VERSION_MAJOR = 3;
  private static final int ALERT_LENGTH = 2;

  private final String text;
  private final String remedy;

  ForeignProtocol(String text, String remedy) {
    this.text = text;
    this.remedy = remedy;
  }

  /** Its name. */
  public String text() {
    return text;
  }

  /** What to use in {@code mqtt.brokers}. */
  public String remedy() {
    return remedy;
  }

  /**
   * Recognizes a protocol in what would be the first packet.
   *
   * @param first the first byte, which is followed by a length of one byte
   * @param data contains what follows, from {@code from} to {@code to}
   */
  static Optional<ForeignProtocol> of(int first, byte[] data, int from, int to) {
    int length = to - from;
    if (first == ALERT
        && length == VERSION_MAJOR
        && data[from + 1] == 0
        && data[from + 2] == ALERT_LENGTH) {
      return Optional.of(TLS);
    }
    if (first == 'H' && length == 'T' && data[from] == 'T' && data[from + 1] == 'P') {
      return Optional.of(HTTP);
    }
    return Optional.empty();
  }
}
