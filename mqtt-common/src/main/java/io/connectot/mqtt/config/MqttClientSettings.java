// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/**
 * How to connect, whatever the broker. Immutable.
 *
 * @param clientId not empty
 * @param keepAlive zero for none; whole seconds up to 65535
 * @param connectTimeout for the connection with its TLS handshake and CONNACK; also the longest
 *     wait for the answer to a SUBSCRIBE or UNSUBSCRIBE
 * @param sessionExpiry how long the broker keeps the session after the connection is gone. Zero
 *     starts with a clean one. MQTT 3.1.1 knows only zero or for ever.
 * @param receiveMaximum how many messages the broker may send without an acknowledgement, 1 to
 *     65535; MQTT 5 only
 * @param maximumPacketSize the longest packet accepted, in bytes; a longer one ends the connection
 * @param alpn protocol names for TLS; empty for none
 */
public record MqttClientSettings(
    MqttVersion version,
    String clientId,
    Optional<String> username,
    Optional<Password> password,
    Duration keepAlive,
    Duration connectTimeout,
    Duration sessionExpiry,
    int receiveMaximum,
    int maximumPacketSize,
    List<String> alpn) {

  public MqttClientSettings {
    if (clientId.isEmpty()) {
      throw new IllegalArgumentException("no client id");
    }
    alpn = List.copyOf(alpn);
  }

  /** Whether the broker forgets the session. */
  public boolean cleanSession() {
    return sessionExpiry.isZero();
  }

  /** The same with another session, e.g. to end one for good. */
  public MqttClientSettings withSession(String otherClientId, Duration otherExpiry) {
    return new MqttClientSettings(
        version,
        otherClientId,
        username,
        password,
        keepAlive,
        connectTimeout,
        otherExpiry,
        receiveMaximum,
        maximumPacketSize,
        alpn);
  }
}
