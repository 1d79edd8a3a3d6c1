// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import io.connectot.core.config.Checks;
import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Option;
import io.connectot.core.config.VisibleWhen;
import io.connectot.core.spi.LineException;
import io.connectot.core.tls.TlsConfig;
import io.connectot.core.tls.TlsFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The {@code mqtt.*} keys that source and sink share: which broker, as whom, in what session. */
public final class MqttConnectionConfig {
  public static final String BROKERS = "mqtt.brokers";
  public static final String VERSION = "mqtt.version";
  public static final String CLIENT_ID = "mqtt.client.id";
  public static final String USERNAME = "mqtt.username";
  public static final String PASSWORD = "mqtt.password";
  public static final String ALPN = "mqtt.alpn";
  public static final String CONNECT_TIMEOUT_MS = "mqtt.connect.timeout.ms";
  public static final String KEEP_ALIVE_MS = "mqtt.keep.alive.ms";
  public static final String SESSION_EXPIRY_MS = "mqtt.session.expiry.ms";
  public static final String RECEIVE_MAXIMUM = "mqtt.receive.maximum";
  public static final String MAXIMUM_PACKET_SIZE = "mqtt.maximum.packet.size";

  private static final String GROUP = "MQTT connection";
  private static final String SESSION = "MQTT session";
  private static final long MAX_SESSION_SECONDS = 0xFFFF_FFFFL;
  private static final int DEFAULT_RECEIVE_MAXIMUM = 1000;
  private static final int MAX_PACKET = 268_435_460;
  private static final int LONGEST_STRING = 65_535;

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public MqttConnectionConfig(AbstractConfig config) {
    this.config = config;
  }

  /**
   * Adds the keys of who subscribes, and those of TLS and of the will.
   *
   * @param sessionExpiry the default; zero for a clean session at every connect
   */
  public static ConfigDef addTo(ConfigDef definition, Duration sessionExpiry) {
    addConnection(definition, RECEIVE_MAXIMUM);
    addSession(definition, sessionExpiry);
    addLimits(definition);
    WillConfig.addTo(definition);
    return TlsConfig.addTo(definition);
  }

  /**
   * Adds the keys of who publishes only, and so leaves out those about messages of the broker.
   *
   * @param dependents of the version: further keys that matter with one version only
   */
  public static ConfigDef addPublisherTo(ConfigDef definition, String... dependents) {
    addConnection(definition, dependents);
    addSession(definition, Duration.ZERO);
    WillConfig.addTo(definition);
    return TlsConfig.addTo(definition);
  }

  private static void addConnection(ConfigDef definition, String... versionDependents) {
    List<String> dependents = new ArrayList<>(List.of(WillConfig.DELAY_MS));
    dependents.addAll(List.of(versionDependents));
    Option.of(BROKERS, ConfigDef.Type.LIST)
        .validator(new BrokersValidator())
        .importance(Importance.HIGH)
        .group(GROUP)
        .displayName("Brokers")
        .width(Width.LONG)
        .doc(
            "The broker as tcp://host:1883, ssl://host:8883, ws://host:80/mqtt or"
                + " wss://host:443/mqtt; the ports and paths here are the ones used when none is"
                + " given. Several, separated by commas, are tried in this order.")
        .addTo(definition);
    Option.of(VERSION, ConfigDef.Type.STRING)
        .defaultValue("5")
        .validator(ConfigDef.ValidString.in("3", "5"))
        .recommender(new Versions())
        .group(GROUP)
        .displayName("MQTT version")
        .width(Width.SHORT)
        .dependents(dependents.toArray(String[]::new))
        .doc("The protocol version: 3 for MQTT 3.1.1, 5 for MQTT 5.0.")
        .addTo(definition);
    Option.of(CLIENT_ID, ConfigDef.Type.STRING)
        .defaultValue("")
        .validator(Checks.optional("up to 65535 bytes", MqttConnectionConfig::checkString))
        .group(GROUP)
        .displayName("Client id")
        .doc(
            "The client id, to which the number of the task is added. Without it, the name of the"
                + " connector is used. Two clients of one id take the connection from each other.")
        .addTo(definition);
    Option.of(USERNAME, ConfigDef.Type.STRING)
        .defaultValue(null)
        .validator(Checks.optional("up to 65535 bytes", MqttConnectionConfig::checkString))
        .group(GROUP)
        .displayName("User name")
        .doc("The user name, if the broker asks for one.")
        .addTo(definition);
    Option.of(PASSWORD, ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .group(GROUP)
        .displayName("Password")
        .doc("The password of the user.")
        .addTo(definition);
    Option.of(ALPN, ConfigDef.Type.LIST)
        .defaultValue("")
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Application protocols (ALPN)")
        .doc(
            "Protocol names to offer in the TLS handshake, for brokers that share a port with other"
                + " services: x-amzn-mqtt-ca for AWS IoT Core on port 443. Empty for none.")
        .addTo(definition);
    millis(CONNECT_TIMEOUT_MS, 10_000, 1, Duration.ofMinutes(10), "Connect timeout (ms)")
        .group(GROUP)
        .doc(
            "The longest time from the first packet to the broker's consent, in milliseconds, the"
                + " TLS handshake included; also the longest wait for the answer to a"
                + " subscription.")
        .addTo(definition);
    millis(KEEP_ALIVE_MS, 30_000, 0, Duration.ofSeconds(65_535), "Keep alive (ms)")
        .group(GROUP)
        .doc(
            "After what time without traffic each side checks that the other is there, in"
                + " milliseconds, rounded up to seconds; 0 for never. A dead connection is noticed"
                + " after at most twice that time.")
        .addTo(definition);
  }

  private static void addSession(ConfigDef definition, Duration sessionExpiry) {
    millis(
            SESSION_EXPIRY_MS,
            sessionExpiry.toMillis(),
            0,
            Duration.ofSeconds(MAX_SESSION_SECONDS),
            "Session expiry (ms)")
        .group(SESSION)
        .importance(Importance.MEDIUM)
        .doc(
            "How long the broker keeps subscriptions and undelivered messages after the connection"
                + " is gone, in milliseconds, rounded up to seconds; 0 for a clean session at every"
                + " connect. With MQTT 3.1.1 anything above 0 means until the broker forgets.")
        .addTo(definition);
  }

  private static void addLimits(ConfigDef definition) {
    Option.of(RECEIVE_MAXIMUM, ConfigDef.Type.INT)
        .defaultValue(DEFAULT_RECEIVE_MAXIMUM)
        .validator(Checks.between(1, 65_535))
        .importance(Importance.LOW)
        .group(SESSION)
        .displayName("Receive maximum")
        .width(Width.SHORT)
        .recommender(VisibleWhen.is(VERSION, "5"))
        .doc(
            "How many messages of QoS 1 the broker may send before the first is acknowledged."
                + " Messages per second are at most this number divided by the seconds Kafka takes"
                + " to confirm one. MQTT 5 only.")
        .addTo(definition);
    Option.of(MAXIMUM_PACKET_SIZE, ConfigDef.Type.INT)
        .defaultValue(MAX_PACKET)
        .validator(Checks.between(64, MAX_PACKET))
        .importance(Importance.LOW)
        .group(SESSION)
        .displayName("Longest packet (bytes)")
        .width(Width.SHORT)
        .doc(
            "The longest packet accepted, in bytes. A broker of MQTT 5 is told and drops what is"
                + " longer; one of MQTT 3.1.1 is not, and a longer packet ends the connection.")
        .addTo(definition);
  }

  static Option millis(String key, long value, long min, Duration max, String displayName) {
    return Option.of(key, ConfigDef.Type.LONG)
        .defaultValue(value)
        .validator(Checks.between(min, max.toMillis()))
        .importance(Importance.LOW)
        .displayName(displayName)
        .width(Width.SHORT);
  }

  static void checkString(String text) throws LineException {
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_STRING) {
      throw new LineException("is longer than the 65535 bytes that MQTT allows");
    }
    if (text.indexOf(0) >= 0) {
      throw new LineException("must not hold the character U+0000");
    }
  }

  /** The brokers, in the order in which to try them; at least one. */
  public List<BrokerAddress> brokers() {
    Set<BrokerAddress> brokers = new LinkedHashSet<>();
    for (String text : config.getList(BROKERS)) {
      try {
        brokers.add(BrokerAddress.parse(text));
      } catch (LineException e) {
        throw new ConfigException(BROKERS, null, e.getMessage());
      }
    }
    return List.copyOf(brokers);
  }

  /** The protocol version. */
  public MqttVersion version() {
    return config.getString(VERSION).equals("3") ? MqttVersion.V3 : MqttVersion.V5;
  }

  /** The client id without the number of the task, if one is set. */
  public Optional<String> clientId() {
    return Optional.of(config.getString(CLIENT_ID).trim()).filter(text -> !text.isEmpty());
  }

  /** How to connect, as {@code clientId}. */
  public MqttClientSettings settings(String clientId) {
    return new MqttClientSettings(
        version(),
        clientId,
        Optional.ofNullable(config.getString(USERNAME)).filter(text -> !text.isEmpty()),
        Optional.ofNullable(config.getPassword(PASSWORD)),
        duration(KEEP_ALIVE_MS),
        duration(CONNECT_TIMEOUT_MS),
        duration(SESSION_EXPIRY_MS),
        limit(RECEIVE_MAXIMUM, DEFAULT_RECEIVE_MAXIMUM),
        limit(MAXIMUM_PACKET_SIZE, MAX_PACKET),
        config.getList(ALPN));
  }

  /** The configured will, if any. */
  public Optional<Will> will() {
    return WillConfig.read(config);
  }

  /**
   * What TLS connections are made with, if any broker asks for TLS.
   *
   * @throws ConfigException when the stores cannot be used
   */
  public Optional<TlsFactory> tls() {
    boolean secure = brokers().stream().anyMatch(broker -> broker.scheme().secure());
    return secure ? Optional.of(TlsFactory.from(config)) : Optional.empty();
  }

  /** What the keys contradict each other in. */
  public List<ConfigError> problems() {
    List<ConfigError> problems = new ArrayList<>();
    boolean secure = brokers().stream().anyMatch(broker -> broker.scheme().secure());
    boolean username = settings("any").username().isPresent();
    if (!secure && !config.getList(ALPN).isEmpty()) {
      problems.add(
          new ConfigError(ALPN, "is set, but no broker is reached by ssl:// or wss://; remove it"));
    }
    if (version() == MqttVersion.V3 && !username && config.getPassword(PASSWORD) != null) {
      // MQTT 3.1.1 §3.1.2.9: no password without a user name.
      problems.add(
          new ConfigError(USERNAME, "is missing: MQTT 3.1.1 has no password without a user"));
    }
    problems.addAll(WillConfig.problems(config));
    Duration delay = will().map(Will::delay).orElse(Duration.ZERO);
    if (version() == MqttVersion.V5 && delay.compareTo(duration(SESSION_EXPIRY_MS)) > 0) {
      // MQTT 5.0 §3.1.3.2.2
      problems.add(
          new ConfigError(
              WillConfig.DELAY_MS,
              "is longer than "
                  + SESSION_EXPIRY_MS
                  + ", and the broker does not wait longer than it keeps the session; raise that,"
                  + " or lower this"));
    }
    return List.copyOf(problems);
  }

  /** Who publishes only does not have the key. */
  private int limit(String key, int otherwise) {
    return config.values().containsKey(key) ? config.getInt(key) : otherwise;
  }

  private Duration duration(String key) {
    return Duration.ofMillis(config.getLong(key));
  }

  /** Every entry is a broker, and there is one. */
  private static final class BrokersValidator implements ConfigDef.Validator {
    @Override
    public void ensureValid(String key, Object value) {
      List<?> texts = value instanceof List<?> list ? list : List.of();
      if (texts.isEmpty()) {
        throw new ConfigException(
            key, null, "must name a broker, e.g. tcp://broker.example.com:1883");
      }
      for (Object text : texts) {
        try {
          BrokerAddress.parse(text.toString());
        } catch (LineException e) {
          // The URL itself is not repeated: it may hold a password.
          throw new ConfigException(
              key, null, "broker " + (texts.indexOf(text) + 1) + " " + e.getMessage());
        }
      }
    }

    @Override
    public String toString() {
      return "URLs beginning with tcp://, ssl://, ws:// or wss://";
    }
  }

  private static final class Versions implements ConfigDef.Recommender {
    @Override
    public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
      return List.of("3", "5");
    }

    @Override
    public boolean visible(String name, Map<String, Object> parsedConfig) {
      return true;
    }
  }
}
