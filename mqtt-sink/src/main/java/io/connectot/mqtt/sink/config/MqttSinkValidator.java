// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.config;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.common.CommandConfig;
import io.connectot.core.config.validation.ConfigReport;
import io.connectot.core.config.validation.UnknownKeys;
import io.connectot.core.sink.publish.ResultTopic;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.connection.BrokerCheck;
import io.connectot.mqtt.sink.mapping.MessageConfig;
import io.connectot.mqtt.transport.ConnectResult.ServerLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Validates a configuration before the connector is created: each key, then contradictions between
 * keys, and, if there are no errors, the connection to the brokers. Each error is on the key that
 * causes it.
 */
public final class MqttSinkValidator {
  private MqttSinkValidator() {}

  /** Validates a configuration. Does not throw. Takes at most the time of a connection test. */
  public static Config validate(Map<String, String> props) {
    ConfigDef definition = MqttSinkConfig.definition();
    ConfigReport report = new ConfigReport(definition, props);
    List<ConfigError> problems =
        new ArrayList<>(
            UnknownKeys.ofSink(
                    definition.names(),
                    List.of("mqtt.", "ssl."),
                    List.of(CommandConfig.PRODUCER_PREFIX, CommandConfig.CONVERTER_PREFIX))
                .check(props));
    if (report.wrongFields().isEmpty()) {
      problems.addAll(
          report.guarded(MqttConnectionConfig.BROKERS.name(), () -> checkTogether(props)));
    }
    return report.with(problems);
  }

  private static List<ConfigError> checkTogether(Map<String, String> props) {
    MqttSinkConfig config = MqttSinkConfig.unchecked(props);
    List<ConfigError> problems = config.problems();
    if (problems.isEmpty()) {
      ResultTopic.checkConverter(config.keys());
    }
    return problems.isEmpty() && config.validateConnection()
        ? BrokerCheck.problems(
            config.mqtt(),
            config.clientIds(props.get("name")).base(),
            (broker, limits) -> checkLimits(config, broker, limits))
        : problems;
  }

  private static List<ConfigError> checkLimits(
      MqttSinkConfig config, BrokerAddress broker, ServerLimits limits) {
    List<ConfigError> problems = new ArrayList<>();
    if (config.keys().get(MessageConfig.QOS).fixed().orElse(0) > limits.maximumQos()) {
      problems.add(
          new ConfigError(
              MessageConfig.QOS,
              broker + " supports QoS " + limits.maximumQos() + " at most; lower it"));
    }
    if (config.keys().get(MessageConfig.RETAIN).fixed().orElse(false)
        && !limits.retainAvailable()) {
      problems.add(
          new ConfigError(
              MessageConfig.RETAIN, broker + " does not retain messages; set it to false"));
    }
    return problems;
  }
}
