// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Which values a user interface offers for a key, and whether it shows the key.
 *
 * @param visible tests the values of all keys
 */
record KeyRecommender(List<Object> values, Predicate<Map<String, Object>> visible)
    implements ConfigDef.Recommender {
  @Override
  public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
    return values;
  }

  @Override
  public boolean visible(String name, Map<String, Object> parsedConfig) {
    return visible.test(parsedConfig);
  }
}
