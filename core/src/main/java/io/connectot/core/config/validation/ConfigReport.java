// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import io.connectot.core.config.ConfigError;
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
 * The result of a connector's {@code validate()}: the values and errors of every key, and further
 * errors, each on the key to change. For one thread.
 */
public final class ConfigReport {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigReport.class);

  private final Map<String, ConfigValue> values = new LinkedHashMap<>();
  private final Collection<String> keys;

  /** Checks every key by itself, and whether the worker knows the config providers in use. */
  public ConfigReport(ConfigDef definition, Map<String, String> props) {
    this.keys = definition.names();
    for (ConfigValue value : definition.validate(props)) {
      values.put(value.name(), value);
    }
    for (ConfigError unresolved : ConfigProviders.unresolved(props)) {
      // Other errors of the value are errors of the text that replaces it.
      values.computeIfPresent(
          unresolved.key(),
          (name, value) ->
              new ConfigValue(name, value.value(), value.recommendedValues(), new ArrayList<>()));
      add(unresolved);
    }
  }

  private void add(ConfigError error) {
    values.computeIfAbsent(error.key(), ConfigValue::new).addErrorMessage(error.toString());
  }

  /** The keys whose own value is invalid. */
  public List<String> wrongFields() {
    return values.values().stream()
        .filter(value -> !value.errorMessages().isEmpty())
        .map(ConfigValue::name)
        .toList();
  }

  /**
   * Runs a check that may fail. Does not throw: a failure becomes an error too.
   *
   * @param fallback the key of an error that names no key
   */
  public List<ConfigError> guarded(String fallback, Supplier<List<ConfigError>> check) {
    try {
      return check.get();
    } catch (ConfigException e) {
      return List.of(ConfigError.of(e, keys, fallback));
    } catch (RuntimeException e) {
      LOG.warn("Could not check the configuration", e);
      return List.of(
          new ConfigError(
              fallback,
              "the configuration could not be checked, which is a bug in this connector ("
                  + e.getClass().getSimpleName()
                  + "); see the log of the worker"));
    }
  }

  /** The result. */
  public Config with(List<ConfigError> errors) {
    errors.forEach(this::add);
    return new Config(new ArrayList<>(values.values()));
  }
}
