// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers that accept certain client ids only. */
class BrokerCheckTest {
  private static final int CLEAN_START = 0x02;

  private final BlockingQueue<byte[]> connects = new LinkedBlockingQueue<>();

  /** A broker that accepts the client ids "press" and "visitor". */
  private ScriptedBroker broker(int version, int refusal) throws Exception {
    return new ScriptedBroker(
        peer -> {
          byte[] connect = peer.read(Packets.CONNECT).body();
          connects.add(connect);
          String text = new String(connect, StandardCharsets.ISO_8859_1);
          boolean known = text.endsWith("\0\5press") || text.endsWith("\0\7visitor");
          peer.send(Packets.connack(version, false, known ? 0 : refusal));
          peer.ignore();
        });
  }

  private static List<ConfigError> check(ScriptedBroker broker, int version, String... more) {
    Map<String, String> props = new HashMap<>();
    props.put("mqtt.brokers", "tcp://127.0.0.1:" + broker.port());
    props.put("mqtt.version", String.valueOf(version));
    props.put("mqtt.client.id", "press");
    for (int i = 0; i < more.length; i += 2) {
      props.put(more[i], more[i + 1]);
    }
    return BrokerCheck.problems(
        new MqttConnectionConfig(
            Configuration.parse(
                MqttConnectionConfig.KEYS
                    .with(
                        MqttConnectionConfig.SESSION_EXPIRY.defaultsTo(
                            Duration.ofHours(1).toMillis()))
                    .definition(),
                props)),
        "press",
        (one, limits) -> List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "3, 2, mqtt.client.id",
    "5, 0x85, mqtt.client.id",
    "3, 5, mqtt.username",
    "5, 0x87, mqtt.username"
  })
  void aRefusedIdIsNamedWithTheRemedy(int version, String refusal, String key) throws Exception {
    try (ScriptedBroker broker = broker(version, Integer.decode(refusal))) {
      List<ConfigError> problems = check(broker, version);
      assertThat(problems.get(0).key()).isEqualTo(key);
      assertThat(problems.get(0).message())
          .contains(
              "the check connects as 'press-test-",
              "if the broker allows certain client ids only, set mqtt.validate.client.id",
              "validate.connection=false");
    }
  }

  @Test
  void aBrokerThatClosesMayRefuseTheId() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker(peer -> peer.read(Packets.CONNECT))) {
      List<ConfigError> problems = check(broker, 5);
      assertThat(problems).extracting(ConfigError::key).containsExactly("mqtt.brokers");
      assertThat(problems.get(0).message())
          .contains("allows the client id 'press-test-", "set mqtt.validate.client.id");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void connectsWithTheIdThatTheBrokerAllows(int version) throws Exception {
    try (ScriptedBroker broker = broker(version, version == 5 ? 0x85 : 2)) {
      assertThat(check(broker, version, "mqtt.validate.client.id", "visitor")).isEmpty();
      assertThat(isClean(connects.poll(30, TimeUnit.SECONDS))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void theIdOfATaskKeepsItsSession(int version) throws Exception {
    try (ScriptedBroker broker = broker(version, version == 5 ? 0x85 : 2)) {
      assertThat(check(broker, version, "mqtt.validate.client.id", "press")).isEmpty();
      byte[] connect = connects.poll(30, TimeUnit.SECONDS);
      assertThat(isClean(connect)).isFalse();
      if (version == 5) {
        assertThat(new String(connect, StandardCharsets.ISO_8859_1))
            .as("session expiry of an hour")
            .contains("\u0011\0\0\u000e\u0010");
      }
    }
  }

  @Test
  void aConfiguredIdThatIsRefusedIsTheGuiltyKey() throws Exception {
    try (ScriptedBroker broker = broker(5, 0x85)) {
      assertThat(check(broker, 5, "mqtt.validate.client.id", "stranger"))
          .extracting(ConfigError::key)
          .containsExactly("mqtt.validate.client.id");
    }
  }

  private static boolean isClean(byte[] connect) {
    return (connect[7] & CLEAN_START) != 0;
  }
}
