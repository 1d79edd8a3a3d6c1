// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

import io.connectot.core.config.GuiltyKey;
import io.connectot.core.config.Problem;
import io.connectot.mqtt.config.MqttConnectionConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a configuration before a connector is created: every key for itself, then keys and lines
 * against each other, and last, when all is well, the brokers. What is wrong stands on the guilty
 * key.
 */
public final class MqttSourceValidator {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSourceValidator.class);

  private MqttSourceValidator() {}

  /** Checks a configuration. Does not throw; takes the time of a connection test at most. */
  public static Config validate(Map<String, String> props) {
    Map<String, ConfigValue> values = new LinkedHashMap<>();
    boolean fieldsAreFine = true;
    for (ConfigValue value : MqttSourceConfig.definition().validate(props)) {
      values.put(value.name(), value);
      fieldsAreFine &= value.errorMessages().isEmpty();
    }
    List<Problem> problems = new ArrayList<>(MqttSourceConfig.unknownKeys(props));
    if (fieldsAreFine) {
      problems.addAll(checkTogether(props, problems.isEmpty()));
    }
    for (Problem problem : problems) {
      values.computeIfAbsent(problem.key(), ConfigValue::new).addErrorMessage(problem.toString());
    }
    return new Config(new ArrayList<>(values.values()));
  }

  private static List<Problem> checkTogether(Map<String, String> props, boolean connect) {
    try {
      MqttSourceConfig config = MqttSourceConfig.unchecked(props);
      List<Problem> problems = config.problems();
      return connect && problems.isEmpty() && config.validateConnection()
          ? BrokerCheck.problems(config)
          : problems;
    } catch (ConfigException e) {
      String key =
          GuiltyKey.of(e, MqttSourceConfig.definition().names(), MqttConnectionConfig.BROKERS);
      return List.of(new Problem(key, e.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("Could not check the configuration", e);
      return List.of(
          new Problem(
              MqttConnectionConfig.BROKERS,
              "the configuration could not be checked, which is a bug of this connector ("
                  + e.getClass().getSimpleName()
                  + "); the log of the worker has more"));
    }
  }
}
