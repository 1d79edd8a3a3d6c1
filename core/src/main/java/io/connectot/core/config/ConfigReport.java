// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a connector's {@code validate()} answers: what every key is by itself, and what else was
 * found, each on the guilty key. For one thread.
 */
public final class ConfigReport {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigReport.class);

  private final Map<String, ConfigValue> values = new LinkedHashMap<>();
  private final Collection<String> keys;

  /** Checks every key by itself. */
  public ConfigReport(ConfigDef definition, Map<String, String> props) {
    this.keys = definition.names();
    for (ConfigValue value : definition.validate(props)) {
      values.put(value.name(), value);
    }
  }

  /** The keys that are wrong by themselves. */
  public List<String> wrongFields() {
    return values.values().stream()
        .filter(value -> !value.errorMessages().isEmpty())
        .map(ConfigValue::name)
        .toList();
  }

  /**
   * Looks for problems in a way that may fail. Does not throw: a failure is a problem too.
   *
   * @param fallback the key for what names no key
   */
  public List<ConfigError> guarded(String fallback, Supplier<List<ConfigError>> check) {
    try {
      return check.get();
    } catch (ConfigException e) {
      return List.of(new ConfigError(GuiltyKey.of(e, keys, fallback), e.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("Could not check the configuration", e);
      return List.of(
          new ConfigError(
              fallback,
              "the configuration could not be checked, which is a bug of this connector ("
                  + e.getClass().getSimpleName()
                  + "); the log of the worker has more"));
    }
  }

  /** The answer. */
  public Config with(List<ConfigError> problems) {
    for (ConfigError problem : problems) {
      values.computeIfAbsent(problem.key(), ConfigValue::new).addErrorMessage(problem.toString());
    }
    return new Config(new ArrayList<>(values.values()));
  }
}
