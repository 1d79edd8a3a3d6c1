// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.tls.TlsConfig;
import io.connectot.core.tls.TlsFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The {@code mqtt.*} keys that source and sink share: broker, credentials, session, will. */
public final class MqttConnectionConfig {
  private static final int MAX_PACKET = 268_435_460;
  private static final int MAX_STRING = 65_535;

  public static final Key<List<BrokerAddress>> BROKERS =
      Key.list("mqtt.brokers", "")
          .parsedBy(
              "URLs beginning with tcp://, ssl://, ws:// or wss://",
              MqttConnectionConfig::parseBrokers)
          .required()
          .confidential()
          .importance(Importance.HIGH)
          .display("Brokers")
          .width(Width.LONG)
          .doc(
              "The broker as tcp://host:1883, ssl://host:8883, ws://host:80/mqtt or"
                  + " wss://host:443/mqtt; these ports and paths are the defaults. Several brokers,"
                  + " separated by commas, are tried in this order.");

  public static final Key<MqttVersion> VERSION =
      Key.string("mqtt.version", "5")
          .parsedBy("[3, 5]", MqttVersion::parse)
          .recommending("3", "5")
          .display("MQTT version")
          .width(Width.SHORT)
          .doc("The protocol version: 3 for MQTT 3.1.1, 5 for MQTT 5.0.");

  public static final Key<Optional<String>> CLIENT_ID =
      Key.optional("mqtt.client.id", "", "up to 65535 bytes", MqttConnectionConfig::checkedString)
          .display("Client id")
          .doc(
              "The client id, exactly as the broker gets it from the first task; further tasks"
                  + " append '-' and their number, from 1. Default: the name of the connector, '-'"
                  + " and the number of the task, from 0. Two clients with the same id disconnect"
                  + " each other.");

  public static final Key<Optional<String>> VALIDATE_CLIENT_ID =
      Key.optional(
              "mqtt.validate.client.id",
              null,
              "up to 65535 bytes",
              MqttConnectionConfig::checkedString)
          .importance(Importance.LOW)
          .display("Client id of the connection test")
          .doc(
              "The client id with which the connection test connects, for brokers that accept"
                  + " certain ids only. With the id of a task, the test interrupts that task's"
                  + " connection, but not its session. Default: an id of its own, which begins"
                  + " with mqtt.client.id or the name of the connector.");

  public static final Key<Optional<String>> USERNAME =
      Key.optional("mqtt.username", null, "up to 65535 bytes", MqttConnectionConfig::checkedString)
          .display("User name")
          .doc("The user name, if the broker requires one.");

  public static final Key<Optional<Password>> PASSWORD =
      Key.password("mqtt.password").display("Password").doc("The password of the user.");

  public static final Key<Optional<Path>> PASSWORD_FILE =
      Key.path("mqtt.password.file", "", "path of a file")
          .importance(Importance.LOW)
          .display("Password file")
          .doc(
              "A file with the password of the user, readable under this path by every worker,"
                  + " instead of mqtt.password. It is read at every connect, so that a new password"
                  + " or token needs no restart. Line ends after the password are ignored.");

  public static final Key<List<String>> ALPN =
      Key.list("mqtt.alpn", "")
          .importance(Importance.LOW)
          .display("Application protocols (ALPN)")
          .doc(
              "Protocol names to offer in the TLS handshake, for brokers that share a port with"
                  + " other services: x-amzn-mqtt-ca for AWS IoT Core on port 443. Empty for"
                  + " none.");

  public static final Key<Duration> CONNECT_TIMEOUT =
      Key.millis("mqtt.connect.timeout.ms", 10_000, 1, Duration.ofMinutes(10))
          .importance(Importance.LOW)
          .display("Connect timeout (ms)")
          .doc(
              "The maximum time for connecting, in milliseconds, including the TLS handshake and"
                  + " the broker's CONNACK; also the maximum wait for the response to a"
                  + " subscription.");

  public static final Key<Duration> KEEP_ALIVE =
      Key.millis("mqtt.keep.alive.ms", 30_000, 0, Duration.ofSeconds(65_535))
          .importance(Importance.LOW)
          .display("Keep alive (ms)")
          .doc(
              "The time without traffic after which client and broker check the connection, in"
                  + " milliseconds, rounded up to seconds; 0 for never. A dead connection is"
                  + " detected after at most twice this time.");

  public static final Key<Duration> SESSION_EXPIRY =
      Key.millis("mqtt.session.expiry.ms", 0, 0, Duration.ofSeconds(0xFFFF_FFFFL))
          .display("Session expiry (ms)")
          .doc(
              "How long the broker keeps subscriptions and undelivered messages after the"
                  + " connection ends, in milliseconds, rounded up to seconds; 0 for a clean"
                  + " session at every connect. With MQTT 3.1.1 any value above 0 means until the"
                  + " broker discards the session.");

  public static final Key<Integer> RECEIVE_MAXIMUM =
      Key.integer("mqtt.receive.maximum", 1000, 1, 65_535)
          .visibleWhen(VERSION, MqttVersion.V5)
          .importance(Importance.LOW)
          .display("Receive maximum")
          .doc(
              "How many messages of QoS 1 and 2 the broker may send before the first is"
                  + " acknowledged. It limits the throughput to this number of messages per Kafka"
                  + " acknowledgement time. MQTT 5 only.");

  public static final Key<Integer> MAXIMUM_PACKET_SIZE =
      Key.integer("mqtt.maximum.packet.size", MAX_PACKET, 64, MAX_PACKET)
          .importance(Importance.LOW)
          .display("Longest packet (bytes)")
          .doc(
              "The maximum packet size, in bytes. An MQTT 5 broker is informed and drops longer"
                  + " messages; an MQTT 3.1.1 broker is not, and a longer packet ends the"
                  + " connection.");

  private static final Keys CONNECTION =
      Keys.group(
          "MQTT connection",
          BROKERS,
          VERSION,
          CLIENT_ID,
          VALIDATE_CLIENT_ID,
          USERNAME,
          PASSWORD,
          PASSWORD_FILE,
          ALPN,
          CONNECT_TIMEOUT,
          KEEP_ALIVE);

  /** The keys of a subscriber, with those of TLS. */
  public static final Keys KEYS =
      Keys.of(
          CONNECTION,
          Keys.group("MQTT session", SESSION_EXPIRY, RECEIVE_MAXIMUM, MAXIMUM_PACKET_SIZE),
          WillConfig.KEYS,
          TlsConfig.KEYS);

  /** The keys of a publisher: those without the limits of inbound messages. */
  public static final Keys PUBLISHER_KEYS =
      KEYS.without(RECEIVE_MAXIMUM).without(MAXIMUM_PACKET_SIZE);

  /** The keys of a client with a clean session whose will is not configured. */
  public static final Keys CLEAN_KEYS =
      Keys.of(
          CONNECTION,
          Keys.group("MQTT session", RECEIVE_MAXIMUM, MAXIMUM_PACKET_SIZE),
          TlsConfig.KEYS);

  private final Configuration config;

  public MqttConnectionConfig(Configuration config) {
    this.config = config;
  }

  static String checkedString(String text) throws LineException {
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_STRING) {
      throw new LineException("is longer than the 65535 bytes that MQTT allows");
    }
    if (text.indexOf(0) >= 0) {
      throw new LineException("must not contain the character U+0000");
    }
    return text;
  }

  private static List<BrokerAddress> parseBrokers(List<String> texts) throws LineException {
    if (texts.isEmpty()) {
      throw new LineException("must name a broker, e.g. tcp://broker.example.com:1883");
    }
    Set<BrokerAddress> brokers = new LinkedHashSet<>();
    for (String text : texts) {
      try {
        brokers.add(BrokerAddress.parse(text));
      } catch (LineException e) {
        // Without the URL, which may contain a password.
        throw new LineException("broker " + (texts.indexOf(text) + 1) + " " + e.getMessage());
      }
    }
    return List.copyOf(brokers);
  }

  /** The brokers in connect order; at least one. */
  public List<BrokerAddress> brokers() {
    return config.get(BROKERS);
  }

  /** The brokers as records and messages name them. */
  public String endpoint() {
    return brokers().stream().map(BrokerAddress::toString).collect(Collectors.joining(","));
  }

  /** The protocol version. */
  public MqttVersion version() {
    return config.get(VERSION);
  }

  /** The client id of the first task, if configured. */
  public Optional<String> clientId() {
    return config.get(CLIENT_ID);
  }

  /**
   * The client ids of the tasks.
   *
   * @param connector the name of the connector
   */
  public ClientIds clientIds(String connector) {
    return new ClientIds(clientId(), connector);
  }

  /** The client id of the connection test, if configured. */
  public Optional<String> validateClientId() {
    return config.get(VALIDATE_CLIENT_ID);
  }

  /** The settings of a client. */
  public MqttClientSettings settings(String clientId) {
    return new MqttClientSettings(config, clientId, config.getOrDefault(SESSION_EXPIRY));
  }

  /** The will, if configured. */
  public Optional<Will> will() {
    return WillConfig.read(config);
  }

  /**
   * The TLS configuration, if any broker needs TLS.
   *
   * @throws ConfigException when the stores cannot be used
   */
  public Optional<TlsFactory> tls() {
    return isSecure() ? Optional.of(TlsFactory.from(config)) : Optional.empty();
  }

  private boolean isSecure() {
    return brokers().stream().anyMatch(broker -> broker.scheme().secure());
  }

  /** The contradictions between the keys. */
  public List<ConfigError> problems() {
    List<ConfigError> problems = new ArrayList<>();
    if (!isSecure() && !config.get(ALPN).isEmpty()) {
      problems.add(new ConfigError(ALPN, "is set, but no broker uses ssl:// or wss://; remove it"));
    }
    if (version() == MqttVersion.V3
        && config.get(USERNAME).isEmpty()
        && (config.get(PASSWORD).isPresent() || config.get(PASSWORD_FILE).isPresent())) {
      // MQTT 3.1.1 §3.1.2.9
      problems.add(
          new ConfigError(USERNAME, "is missing: MQTT 3.1.1 has no password without a user name"));
    }
    passwordFileProblem().ifPresent(problems::add);
    problems.addAll(WillConfig.problems(config));
    Duration delay = will().map(Will::delay).orElse(Duration.ZERO);
    if (version() == MqttVersion.V5 && delay.compareTo(config.getOrDefault(SESSION_EXPIRY)) > 0) {
      // MQTT 5.0 §3.1.3.2.2
      problems.add(
          new ConfigError(
              WillConfig.DELAY,
              "is longer than "
                  + SESSION_EXPIRY
                  + ", and the broker publishes the will when the session ends; raise "
                  + SESSION_EXPIRY
                  + ", or lower this"));
    }
    return List.copyOf(problems);
  }

  /** Whether the password is in a file. */
  public boolean hasPasswordFile() {
    return config.get(PASSWORD_FILE).isPresent();
  }

  private Optional<ConfigError> passwordFileProblem() {
    Optional<Path> file = config.get(PASSWORD_FILE);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    if (config.get(PASSWORD).isPresent()) {
      return Optional.of(
          new ConfigError(
              PASSWORD_FILE, "is set together with " + PASSWORD + "; remove one of them"));
    }
    try {
      PasswordFile.read(file.get());
      return Optional.empty();
    } catch (ProtocolException e) {
      return Optional.of(new ConfigError(PASSWORD_FILE, e.getMessage()));
    }
  }
}
