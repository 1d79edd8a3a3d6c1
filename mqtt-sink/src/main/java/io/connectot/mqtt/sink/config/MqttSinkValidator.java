// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.config;

import io.connectot.core.config.ConfigReport;
import io.connectot.core.config.ConnectionConfig;
import io.connectot.core.config.ConnectionTest;
import io.connectot.core.config.Problem;
import io.connectot.core.config.UnknownKeys;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.ConnectionSettings;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.MqttTransports;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Checks a configuration before a connector is created: every key for itself, then keys against
 * each other, and last, when all is well, the brokers. What is wrong stands on the guilty key.
 */
public final class MqttSinkValidator {
  /** What a sink gets from Connect beside the keys of all connectors. */
  private static final Set<String> CONNECT_KEYS = Set.of("topics", "topics.regex");

  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final int MOST_BROKERS = 10;

  private MqttSinkValidator() {}

  /** Checks a configuration. Does not throw; takes the time of a connection test at most. */
  public static Config validate(Map<String, String> props) {
    ConfigDef definition = MqttSinkConfig.definition();
    ConfigReport report = new ConfigReport(definition, props);
    Set<String> known = new TreeSet<>(definition.names());
    known.addAll(CONNECT_KEYS);
    List<Problem> problems =
        new ArrayList<>(new UnknownKeys(known, List.of("mqtt.", "ssl."), List.of()).check(props));
    if (report.wrongFields().isEmpty()) {
      problems.addAll(report.guarded(MqttConnectionConfig.BROKERS, () -> checkTogether(props)));
    }
    return report.with(problems);
  }

  private static List<Problem> checkTogether(Map<String, String> props) {
    MqttSinkConfig config = MqttSinkConfig.unchecked(props);
    List<Problem> problems = config.problems();
    return problems.isEmpty() && config.validateConnection()
        ? checkBrokers(config, props.get("name"))
        : problems;
  }

  /** Connects to all brokers at once: one that consents is enough. */
  private static List<Problem> checkBrokers(MqttSinkConfig config, String connector) {
    String clientId =
        config.baseClientId(connector) + "-test-" + UUID.randomUUID().toString().substring(0, 8);
    Map<BrokerAddress, ConnectResult.ServerLimits> consents = new ConcurrentHashMap<>();
    Map<BrokerAddress, ConnectionTest.Attempt> attempts = new LinkedHashMap<>();
    int number = 0;
    for (BrokerAddress broker : config.mqtt().brokers()) {
      if (number == MOST_BROKERS) {
        break;
      }
      ConnectionSettings settings =
          config.mqtt().settings(clientId).withSession(clientId + number, Duration.ZERO);
      MqttTransports transports = new MqttTransports(settings, config.mqtt().tls());
      attempts.put(broker, () -> consents.put(broker, limits(transports, broker)));
      number++;
    }
    Map<BrokerAddress, String> failures = new ConnectionTest().run(attempts);
    if (failures.size() == attempts.size()) {
      return List.of(
          new Problem(
              MqttConnectionConfig.BROKERS,
              "no broker can be reached: "
                  + String.join("; ", failures.values())
                  + " (to create the connector all the same, set "
                  + ConnectionConfig.VALIDATE_CONNECTION
                  + "=false)"));
    }
    List<Problem> problems = new ArrayList<>();
    consents.forEach((broker, limits) -> problems.addAll(checkLimits(config, broker, limits)));
    return problems;
  }

  private static ConnectResult.ServerLimits limits(MqttTransports transports, BrokerAddress broker)
      throws ProtocolException, InterruptedException {
    try (MqttTransport transport = transports.newTransport(broker, Optional.empty())) {
      ConnectResult result = transport.connect(TransportListener.DEAF);
      transport.disconnect(FAREWELL);
      return result.limits();
    }
  }

  private static List<Problem> checkLimits(
      MqttSinkConfig config, BrokerAddress broker, ConnectResult.ServerLimits limits) {
    List<Problem> problems = new ArrayList<>();
    if (config.messages().qos().fixed().orElse(0) > limits.maximumQos()) {
      problems.add(
          new Problem(
              MessageConfig.QOS,
              broker + " takes messages of QoS " + limits.maximumQos() + " at most; lower it"));
    }
    if (config.messages().retain().fixed().orElse(false) && !limits.retainAvailable()) {
      problems.add(
          new Problem(MessageConfig.RETAIN, broker + " retains no messages; set it to false"));
    }
    return problems;
  }
}
