// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.validation.ConnectionTest;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.transport.ConnectResult.ServerLimits;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.ReasonCode;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connects to the brokers of a configuration at once, to see whether one is there and lets the
 * connector in. One that consents is enough: of several, others may be down.
 */
public final class BrokerCheck {
  private static final int MOST_BROKERS = 10;
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final MqttConnectionConfig connection;

  /**
   * The beginning of the client ids, to which a number is appended: not the connector's own, whose
   * connection it would take, but alike, for brokers that look.
   */
  private final String clientId;

  private final String baseClientId;
  private final Map<BrokerAddress, ServerLimits> consents = new ConcurrentHashMap<>();
  private final Map<BrokerAddress, String> refusals = new ConcurrentHashMap<>();

  private BrokerCheck(MqttConnectionConfig connection, String baseClientId) {
    this.connection = connection;
    this.baseClientId = baseClientId;
    this.clientId = baseClientId + "-test-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  }

  /** Looks at what a broker that consents can do. */
  @FunctionalInterface
  public interface Limits {
    /** What it cannot do and the configuration asks for. */
    List<ConfigError> problems(BrokerAddress broker, ServerLimits limits);
  }

  /**
   * What is wrong; takes 5 seconds at most.
   *
   * @param baseClientId what the client ids of the connector begin with
   * @param limits is asked for every broker that consents
   */
  public static List<ConfigError> problems(
      MqttConnectionConfig connection, String baseClientId, Limits limits) {
    return new BrokerCheck(connection, baseClientId).run(limits);
  }

  private List<ConfigError> run(Limits limits) {
    Map<BrokerAddress, ConnectionTest.Attempt> attempts = new LinkedHashMap<>();
    for (BrokerAddress broker : connection.brokers()) {
      if (attempts.size() < MOST_BROKERS) {
        attempts.put(broker, attempt(broker, clientId(attempts.size())));
      }
    }
    Map<BrokerAddress, String> failures = new ConnectionTest().run(attempts);
    List<ConfigError> problems = new ArrayList<>();
    if (failures.size() < attempts.size()) {
      consents.forEach((broker, ofBroker) -> problems.addAll(limits.problems(broker, ofBroker)));
      return problems;
    }
    String message =
        String.join("; ", failures.values())
            + clientIdHint()
            + " (to create the connector anyway, set "
            + ConnectionConfig.VALIDATE_CONNECTION
            + "=false)";
    for (String key : guilty()) {
      problems.add(new ConfigError(key, message));
    }
    return problems;
  }

  private String clientId(int attempt) {
    return connection.validateClientId().orElse(clientId + attempt);
  }

  private boolean mayBeOfTask(String id) {
    return connection.validateClientId().isPresent() && id.startsWith(baseClientId);
  }

  private ConnectionTest.Attempt attempt(BrokerAddress broker, String as) {
    MqttClientSettings own = connection.settings(as);
    PahoTransportFactory transports =
        new PahoTransportFactory(
            // A clean session would discard that of a task.
            mayBeOfTask(as) ? own : own.withSession(as, Duration.ZERO), connection.tls());
    return () -> {
      try (MqttTransport transport = transports.newTransport(broker, Optional.empty())) {
        consents.put(broker, transport.connect(TransportListener.DEAF).limits());
        transport.disconnect(FAREWELL);
      } catch (ProtocolException e) {
        refusals.put(broker, e.status());
        throw e;
      }
    };
  }

  private boolean isUserRefused() {
    return refusals.containsValue(ReasonCode.BAD_USER_NAME_OR_PASSWORD.status())
        || refusals.containsValue(ReasonCode.NOT_AUTHORIZED.status());
  }

  /** A broker that allows certain client ids only refuses others as if the user was wrong. */
  private String clientIdHint() {
    if (!isUserRefused() && !isClientIdRefused() && !isClosed()) {
      return "";
    }
    return "; the check connects as '"
        + clientId(0)
        + "'; if the broker allows certain client ids only, set "
        + MqttConnectionConfig.VALIDATE_CLIENT_ID
        + " to one of them";
  }

  /** Some brokers close the connection of a client id that they do not allow. */
  private boolean isClosed() {
    return refusals.containsValue("CONNECTION_LOST");
  }

  private boolean isClientIdRefused() {
    return refusals.containsValue(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID.status());
  }

  private List<String> guilty() {
    if (isClientIdRefused()) {
      return List.of(
          connection.validateClientId().isPresent()
              ? MqttConnectionConfig.VALIDATE_CLIENT_ID.name()
              : MqttConnectionConfig.CLIENT_ID.name());
    }
    if (!isUserRefused()) {
      return List.of(MqttConnectionConfig.BROKERS.name());
    }
    return List.of(
        MqttConnectionConfig.USERNAME.name(),
        connection.hasPasswordFile()
            ? MqttConnectionConfig.PASSWORD_FILE.name()
            : MqttConnectionConfig.PASSWORD.name());
  }
}
