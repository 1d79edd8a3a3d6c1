// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.validation.ConfigReport;
import io.connectot.core.connection.Clock;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.connection.BrokerCheck;
import io.connectot.mqtt.source.dryrun.DryRun;
import io.connectot.mqtt.source.dryrun.DryRunConfig;
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
    List<DryRun.Result> dryRuns = new ArrayList<>();
    if (report.wrongFields().isEmpty()) {
      boolean connect = problems.isEmpty();
      problems.addAll(
          report.guarded(
              MqttConnectionConfig.BROKERS.name(), () -> checkTogether(props, connect, dryRuns)));
    }
    Config validation = report.with(problems);
    dryRuns.forEach(result -> result.addTo(validation));
    return validation;
  }

  private static List<ConfigError> checkTogether(
      Map<String, String> props, boolean connect, List<DryRun.Result> dryRuns) {
    MqttSourceConfig config = MqttSourceConfig.unchecked(props);
    List<ConfigError> problems = config.problems();
    if (!problems.isEmpty()) {
      return problems;
    }
    if (DryRunConfig.isWanted(config.keys())) {
      DryRun.Result result = config.dryRun(Clock.SYSTEM.epochNanos());
      dryRuns.add(result);
      return result.problems();
    }
    return connect && config.keys().get(ConnectionConfig.VALIDATE_CONNECTION)
        ? BrokerCheck.problems(
            config.connection(),
            config.clientIds().base(),
            (broker, limits) -> BrokerLimitsCheck.problems(config, broker, limits))
        : problems;
  }
}
