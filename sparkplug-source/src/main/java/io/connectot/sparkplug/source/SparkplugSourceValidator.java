// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.validation.ConfigReport;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.connection.BrokerCheck;
import io.connectot.mqtt.transport.ConnectResult.ServerLimits;
import io.connectot.sparkplug.host.HostRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;

/**
 * Validates a configuration: each key, then keys against each other, and finally, without errors so
 * far, the brokers. Errors are attached to the key that causes them.
 */
public final class SparkplugSourceValidator {
  private SparkplugSourceValidator() {}

  /** Validates a configuration. Does not throw; takes at most the time of a connection test. */
  public static Config validate(Map<String, String> props) {
    ConfigReport report = new ConfigReport(SparkplugSourceConfig.definition(), props);
    List<ConfigError> problems = new ArrayList<>(SparkplugSourceConfig.unknownKeys(props));
    if (report.wrongFields().isEmpty()) {
      boolean connect = problems.isEmpty();
      problems.addAll(
          report.guarded(MqttConnectionConfig.BROKERS.name(), () -> together(props, connect)));
    }
    return report.with(problems);
  }

  private static List<ConfigError> together(Map<String, String> props, boolean connect) {
    SparkplugSourceConfig config = SparkplugSourceConfig.unchecked(props);
    List<ConfigError> problems = config.problems();
    if (!problems.isEmpty() || !connect) {
      return problems;
    }
    boolean publishes = config.keys().get(HostConfig.ROLE) != HostRole.PASSIVE;
    return config.keys().get(ConnectionConfig.VALIDATE_CONNECTION)
        ? BrokerCheck.problems(
            config.connection(),
            config.clientId(),
            (broker, limits) -> publishes ? cannotHaveState(broker, limits) : List.of())
        : List.of();
  }

  private static List<ConfigError> cannotHaveState(Object broker, ServerLimits limits) {
    return limits.retainAvailable() && limits.maximumQos() > 0
        ? List.of()
        : List.of(
            new ConfigError(
                HostConfig.ROLE,
                "STATE is retained and has QoS 1, which "
                    + broker
                    + " does not support; use "
                    + HostConfig.ROLE
                    + "=passive"));
  }
}
