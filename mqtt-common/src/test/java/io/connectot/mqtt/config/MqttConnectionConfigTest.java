// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.line.LineException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttConnectionConfigTest {
  private static ConfigDef definition() {
    return MqttConnectionConfig.KEYS
        .with(MqttConnectionConfig.SESSION_EXPIRY.defaultsTo(Duration.ofHours(24).toMillis()))
        .definition();
  }

  private static MqttConnectionConfig config(String... pairs) {
    Map<String, String> values = new HashMap<>();
    values.put(MqttConnectionConfig.BROKERS.name(), "tcp://broker");
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return new MqttConnectionConfig(Configuration.parse(definition(), values));
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://broker, tcp://broker:1883",
    "mqtt://broker:1, tcp://broker:1",
    "SSL://Broker, ssl://Broker:8883",
    "mqtts://10.0.0.1/, ssl://10.0.0.1:8883",
    "ws://broker, ws://broker:80/mqtt",
    "wss://broker:8443/a/b?token=secret, wss://broker:8443/a/b",
    "tcp://[fe80::1]:1884, tcp://[fe80::1]:1884",
    "tcp://mqtt_broker:1884, tcp://mqtt_broker:1884",
    "ssl://my_stack_broker.local, ssl://my_stack_broker.local:8883",
    "ws://mqtt_broker/x, ws://mqtt_broker:80/x",
  })
  void brokersAreRead(String text, String expected) throws LineException {
    assertThat(BrokerAddress.parse(text)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:1883, tcp://127.0.0.1:1883",
    "broker.example, tcp://broker.example",
    "[fe80::1]:1883, tcp://[fe80::1]:1883",
    "joe:secret@broker, tcp://broker.example.com:1883",
  })
  void saysWhichSchemeToAdd(String text, String remedy) {
    assertThatThrownBy(() -> BrokerAddress.parse(text))
        .hasMessageContaining("add tcp://")
        .hasMessageEndingWith("e.g. " + remedy)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "broker:1883",
        "http://broker",
        "tcp://",
        "tcp://broker:70000",
        "tcp://mqtt_broker:70000",
        "tcp://user:secret@mqtt_broker",
        "tcp://broker/path",
        "tcp://broker?x=y",
        "tcp://bro ker",
        "tcp://user:secret@broker"
      })
  void whatIsNoBrokerIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> config(MqttConnectionConfig.BROKERS.name(), "tcp://ok," + text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("broker 2")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aBrokerIsNeeded() {
    assertThatThrownBy(() -> config(MqttConnectionConfig.BROKERS.name(), ""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must name a broker");
  }

  @Test
  void defaultsKeepTheSession() {
    MqttClientSettings settings = config().settings("id");
    assertThat(settings.version()).isEqualTo(MqttVersion.V5);
    assertThat(settings.cleanSession()).isFalse();
    assertThat(settings.sessionExpiry()).isEqualTo(Duration.ofHours(24));
    assertThat(config().clientId()).isEmpty();
    assertThat(config().will()).isEmpty();
    assertThat(config().tls()).isEmpty();
    assertThat(config().problems()).isEmpty();
  }

  @Test
  void theWillIsRead() {
    Will will =
        config("mqtt.will.topic", "state", "mqtt.will.payload", "gone", "mqtt.will.qos", "2")
            .will()
            .orElseThrow();
    assertThat(will.topic()).isEqualTo("state");
    assertThat(will.payload()).isEqualTo("gone".getBytes(StandardCharsets.UTF_8));
    assertThat(will.qos()).isEqualTo(2);
  }

  @Test
  void contradictionsAreNamed() {
    assertThat(config("mqtt.alpn", "x-amzn-mqtt-ca").problems())
        .extracting(ConfigError::key)
        .containsExactly("mqtt.alpn");
    assertThat(config("mqtt.version", "3", "mqtt.password", "p").problems())
        .extracting(ConfigError::key)
        .containsExactly("mqtt.username");
    assertThat(
            config(
                    "mqtt.will.topic", "state",
                    "mqtt.will.delay.ms", "60000",
                    "mqtt.session.expiry.ms", "30000")
                .problems())
        .extracting(ConfigError::key)
        .containsExactly("mqtt.will.delay.ms");
    assertThat(config("mqtt.will.payload", "x").problems())
        .extracting(ConfigError::key)
        .containsExactly("mqtt.will.topic");
  }

  @Test
  void everyKeyIsDocumented() {
    assertThat(definition().configKeys().values())
        .allSatisfy(
            key -> {
              assertThat(key.documentation).as(key.name).isNotBlank();
              assertThat(key.displayName).as(key.name).isNotEqualTo(key.name);
              assertThat(key.group).as(key.name).isNotEqualTo("Common");
            });
  }

  @Test
  void thePasswordFileIsReadAtEveryConnect(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("password");
    Files.writeString(file, "first\n");
    MqttConnectionConfig config =
        config("mqtt.username", "joe", "mqtt.password.file", file.toString());
    assertThat(config.problems()).isEmpty();
    MqttClientSettings settings = config.settings("id");
    assertThat(settings.password().orElseThrow().value()).isEqualTo("first");
    Files.writeString(file, "second");
    assertThat(settings.password().orElseThrow().value()).isEqualTo("second");
    Files.delete(file);
    assertThatThrownBy(settings::password)
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("mqtt.password.file=" + file)
        .hasMessageContaining("does not exist");
    assertThat(config.problems())
        .extracting(ConfigError::key)
        .containsExactly("mqtt.password.file");
    assertThat(config("mqtt.password", "p", "mqtt.password.file", file.toString()).problems())
        .extracting(ConfigError::message)
        .singleElement()
        .asString()
        .contains("mqtt.password; remove one");
  }
}
