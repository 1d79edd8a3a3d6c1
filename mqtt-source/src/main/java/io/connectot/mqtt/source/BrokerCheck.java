// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

import io.connectot.core.config.ConnectionConfig;
import io.connectot.core.config.ConnectionTest;
import io.connectot.core.config.ConnectionTest.Attempt;
import io.connectot.core.config.Problem;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.MqttTransports;
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

/** Connects to the brokers to see whether one is there and lets the connector in. */
final class BrokerCheck {
  private static final int MOST_BROKERS = 10;
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private BrokerCheck() {}

  /** What is wrong, if no broker consents; takes 5 seconds at most. */
  static List<Problem> problems(MqttSourceConfig config) {
    Map<BrokerAddress, String> statuses = new ConcurrentHashMap<>();
    Map<BrokerAddress, Attempt> attempts = new LinkedHashMap<>();
    for (BrokerAddress broker : config.connection().brokers()) {
      if (attempts.size() < MOST_BROKERS) {
        attempts.put(broker, attempt(config.connection(), broker, statuses));
      }
    }
    Map<BrokerAddress, String> failures = new ConnectionTest().run(attempts);
    // One broker of several may be down.
    if (failures.size() < attempts.size()) {
      return List.of();
    }
    String message =
        String.join("; ", failures.values())
            + " (to create the connector all the same, set "
            + ConnectionConfig.VALIDATE_CONNECTION
            + "=false)";
    List<Problem> problems = new ArrayList<>();
    for (String key : guilty(statuses)) {
      problems.add(new Problem(key, message));
    }
    return problems;
  }

  /** Not as the connector's own client, whose connection it would take. */
  private static Attempt attempt(
      MqttConnectionConfig connection, BrokerAddress broker, Map<BrokerAddress, String> statuses) {
    String clientId = "connect-ot-test-" + UUID.randomUUID();
    MqttTransports transports =
        new MqttTransports(
            connection.settings(clientId).withSession(clientId, Duration.ZERO), connection.tls());
    return () -> {
      try (MqttTransport transport = transports.newTransport(broker, Optional.empty())) {
        transport.connect(TransportListener.DEAF);
        transport.disconnect(FAREWELL);
      } catch (ProtocolException e) {
        statuses.put(broker, e.status());
        throw e;
      }
    };
  }

  private static List<String> guilty(Map<BrokerAddress, String> statuses) {
    boolean credentials =
        statuses.containsValue(ReasonCode.BAD_USER_NAME_OR_PASSWORD.status())
            || statuses.containsValue(ReasonCode.NOT_AUTHORIZED.status());
    return credentials
        ? List.of(MqttConnectionConfig.USERNAME, MqttConnectionConfig.PASSWORD)
        : List.of(MqttConnectionConfig.BROKERS);
  }
}
