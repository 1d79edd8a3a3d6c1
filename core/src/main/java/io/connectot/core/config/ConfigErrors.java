// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * Collects errors, with a limit for each key: a wrong register map is one mistake, not fifty
 * thousand. For one thread.
 */
public final class ConfigErrors {
  /** Maximum errors listed for one key. */
  static final int MAX_PER_KEY = 20;

  private final List<ConfigError> listed = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /** Adds an error, unless its key has too many already. */
  public void add(ConfigError error) {
    if (counts.merge(error.key(), 1, Integer::sum) <= MAX_PER_KEY) {
      listed.add(error);
    }
  }

  public boolean isEmpty() {
    return listed.isEmpty();
  }

  /** The errors in the order found; errors over the limit are counted at the end. */
  public List<ConfigError> list() {
    List<ConfigError> all = new ArrayList<>(listed);
    counts.forEach(
        (key, count) -> {
          if (count > MAX_PER_KEY) {
            all.add(new ConfigError(key, "and " + (count - MAX_PER_KEY) + " more errors"));
          }
        });
    return List.copyOf(all);
  }

  /**
   * @throws ConfigException with all errors, if any
   */
  public static void throwIfAny(List<ConfigError> errors) {
    if (errors.isEmpty()) {
      return;
    }
    StringBuilder message = new StringBuilder("The configuration is invalid:");
    for (ConfigError error : errors) {
      message.append("\n- ").append(error);
    }
    throw new ConfigException(message.toString());
  }
}
