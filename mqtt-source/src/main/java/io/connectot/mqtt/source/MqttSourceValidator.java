// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConnectionConfig;
import io.connectot.core.config.validation.ConfigReport;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.connection.BrokerCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;

/**
 * Checks a configuration before a connector is created: every key for itself, then keys and lines
 * against each other, and last, when all is well, the brokers. What is wrong stands on the guilty
 * key.
 */
public final class MqttSourceValidator {
  private MqttSourceValidator() {}

  /** Checks a configuration. Does not throw; takes the time of a connection test at most. */
  public static Config validate(Map<String, String> props) {
    ConfigReport report = new ConfigReport(MqttSourceConfig.definition(), props);
    List<ConfigError> problems = new ArrayList<>(MqttSourceConfig.unknownKeys(props));
    if (report.wrongFields().isEmpty()) {
      boolean connect = problems.isEmpty();
      problems.addAll(
          report.guarded(MqttConnectionConfig.BROKERS.name(), () -> checkTogether(props, connect)));
    }
    return report.with(problems);
  }

  private static List<ConfigError> checkTogether(Map<String, String> props, boolean connect) {
    MqttSourceConfig config = MqttSourceConfig.unchecked(props);
    List<ConfigError> problems = config.problems();
    return connect && problems.isEmpty() && config.keys().get(ConnectionConfig.VALIDATE_CONNECTION)
        ? BrokerCheck.problems(
            config.connection(), config.baseClientId(), (broker, limits) -> List.of())
        : problems;
  }
}
