// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/**
 * The connection settings of one client. Immutable.
 *
 * @param clientId not empty
 * @param sessionExpiry how long the broker keeps the session without a connection; zero starts with
 *     a clean session. MQTT 3.1.1 knows only zero or for ever.
 */
public record MqttClientSettings(Configuration config, String clientId, Duration sessionExpiry) {

  public MqttClientSettings {
    if (clientId.isEmpty()) {
      throw new IllegalArgumentException("no client id");
    }
  }

  /** The protocol version. */
  public MqttVersion version() {
    return config.get(MqttConnectionConfig.VERSION);
  }

  public Optional<String> username() {
    return config.get(MqttConnectionConfig.USERNAME);
  }

  /**
   * The password, read anew if it is in a file.
   *
   * @throws ProtocolException when the file cannot be read
   */
  public Optional<Password> password() throws ProtocolException {
    Optional<Path> file = config.get(MqttConnectionConfig.PASSWORD_FILE);
    return file.isPresent()
        ? Optional.of(PasswordFile.read(file.get()))
        : config.get(MqttConnectionConfig.PASSWORD);
  }

  /** The keep alive interval; zero for none. */
  public Duration keepAlive() {
    return config.get(MqttConnectionConfig.KEEP_ALIVE);
  }

  /** Maximum time for connecting, including TLS handshake and CONNACK, and for each response. */
  public Duration connectTimeout() {
    return config.get(MqttConnectionConfig.CONNECT_TIMEOUT);
  }

  /** Maximum unacknowledged messages that the broker sends; MQTT 5 only. */
  public int receiveMaximum() {
    return config.getOrDefault(MqttConnectionConfig.RECEIVE_MAXIMUM);
  }

  /** Maximum accepted packet in bytes; a longer one ends the connection. */
  public int maximumPacketSize() {
    return config.getOrDefault(MqttConnectionConfig.MAXIMUM_PACKET_SIZE);
  }

  /** ALPN protocol names; empty for none. */
  public List<String> alpn() {
    return config.get(MqttConnectionConfig.ALPN);
  }

  /** Whether the broker discards the session. */
  public boolean cleanSession() {
    return sessionExpiry.isZero();
  }

  /** These settings for another session, e.g. to end one. */
  public MqttClientSettings withSession(String otherClientId, Duration otherExpiry) {
    return new MqttClientSettings(config, otherClientId, otherExpiry);
  }
}
