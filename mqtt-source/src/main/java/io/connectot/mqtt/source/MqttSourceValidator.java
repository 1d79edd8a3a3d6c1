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
 * Validates a configuration: each key, then keys and lines against each other, and finally, without
 * errors so far, the brokers. Errors are attached to the key that causes them.
 */
public final class MqttSourceValidator {
  private MqttSourceValidator() {}

  /** Validates a configuration. Does not throw; takes at most the time of a connection test. */
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
