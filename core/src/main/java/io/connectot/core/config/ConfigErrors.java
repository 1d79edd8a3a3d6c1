// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * Collects problems, only so many a key: whoever exports a wrong register map has one mistake, not
 * fifty thousand. For one thread.
 */
public final class ConfigErrors {
  /** The most problems listed for one key. */
  static final int MAX_PER_KEY = 20;

  private final List<ConfigError> listed = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /** Adds one, unless its key has too many already. */
  public void add(ConfigError problem) {
    if (counts.merge(problem.key(), 1, Integer::sum) <= MAX_PER_KEY) {
      listed.add(problem);
    }
  }

  public boolean isEmpty() {
    return listed.isEmpty();
  }

  /** The problems in the order found; what was too many for a key is counted at the end. */
  public List<ConfigError> list() {
    List<ConfigError> all = new ArrayList<>(listed);
    counts.forEach(
        (key, count) -> {
          if (count > MAX_PER_KEY) {
            all.add(new ConfigError(key, "and " + (count - MAX_PER_KEY) + " more problems"));
          }
        });
    return List.copyOf(all);
  }

  /**
   * @throws ConfigException with all problems, if there are any
   */
  public static void throwIfAny(List<ConfigError> problems) {
    if (problems.isEmpty()) {
      return;
    }
    StringBuilder message = new StringBuilder("The configuration cannot work:");
    for (ConfigError problem : problems) {
      message.append("\n- ").append(problem);
    }
    throw new ConfigException(message.toString());
  }
}
