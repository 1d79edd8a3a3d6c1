// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.TransportListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials that change, and credentials that a broker refuses. */
class CredentialsTest {
  private static final int REFUSED_V3 = 4;
  private static final int REFUSED_V5 = 0x86;

  @TempDir Path folder;

  /** A broker that accepts the password "new" only. */
  private static ScriptedBroker broker(int version) throws Exception {
    return new ScriptedBroker(
        peer -> {
          String connect =
              new String(peer.read(Packets.CONNECT).body(), StandardCharsets.ISO_8859_1);
          int refused = version == 3 ? REFUSED_V3 : REFUSED_V5;
          peer.send(Packets.connack(version, false, connect.endsWith("new") ? 0 : refused));
          peer.ignore();
        });
  }

  private static MqttConnectionConfig config(ScriptedBroker broker, int version, Path file) {
    return new MqttConnectionConfig(
        Configuration.parse(
            MqttConnectionConfig.KEYS
                .with(
                    MqttConnectionConfig.SESSION_EXPIRY.defaultsTo(Duration.ofHours(1).toMillis()))
                .definition(),
            Map.of(
                "mqtt.brokers",
                "tcp://127.0.0.1:" + broker.port(),
                "mqtt.version",
                String.valueOf(version),
                "mqtt.username",
                "joe",
                "mqtt.password.file",
                file.toString())));
  }

  private static ConnectResult connect(MqttConnectionConfig config) throws Exception {
    PahoTransportFactory transports =
        new PahoTransportFactory(config.settings("client"), config.tls());
    try (MqttTransport transport =
        transports.newTransport(config.brokers().get(0), Optional.empty())) {
      return transport.connect(TransportListener.DEAF);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void theNextConnectUsesTheNewPassword(int version) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "old\n");
    try (ScriptedBroker broker = broker(version)) {
      MqttConnectionConfig config = config(broker, version, file);
      assertThatThrownBy(() -> connect(config))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("0x86");
      Files.writeString(file, "new\n");
      assertThat(connect(config).sessionPresent()).isFalse();
      Files.delete(file);
      assertThatThrownBy(() -> connect(config))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("mqtt.password.file=" + file);
      assertThat(broker.connections()).isEqualTo(2);
    }
  }

  @Test
  void theCheckNamesItsClientId() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "old");
    try (ScriptedBroker broker = broker(5)) {
      List<ConfigError> problems =
          BrokerCheck.problems(config(broker, 5, file), "press", (one, limits) -> List.of());
      assertThat(problems)
          .extracting(ConfigError::key)
          .containsExactly("mqtt.username", "mqtt.password.file");
      assertThat(problems.get(0).message()).contains("the check connects as 'press-test-");
    }
  }
}
