// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.DeliveryConfig;
import io.connectot.core.config.converter.ConverterRules;
import io.connectot.core.delivery.ConverterCheck;
import io.connectot.core.delivery.TopicWatch;
import io.connectot.core.mapping.record.RecordLimit;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a task needs to know of the way of its records to Kafka. Part of it is said by keys of the
 * worker, which a connector's configuration may contain.
 *
 * @param limit the most that a record may take
 * @param topics how long topics are waited for
 * @param valueConverter the converter of values that the connector names
 * @param toleratesErrors whether the worker drops what it cannot convert
 */
record DeliverySettings(
    RecordLimit limit,
    TopicWatch.Settings topics,
    Optional<String> valueConverter,
    boolean toleratesErrors) {

  static DeliverySettings of(Map<String, String> props) {
    Configuration keys = Configuration.parse(DeliveryConfig.KEYS.definition(), props);
    return new DeliverySettings(
        ConverterRules.limit(keys),
        new TopicWatch.Settings(
            keys.get(DeliveryConfig.TOPIC_TIMEOUT),
            maxBlock(props.get("producer.override.max.block.ms")),
            !props.getOrDefault("transforms", "").isBlank()),
        Optional.ofNullable(props.get(ConverterRules.VALUE_CONVERTER)),
        "all".equalsIgnoreCase(props.get("errors.tolerance")));
  }

  ConverterCheck newConverterCheck() {
    return new ConverterCheck(valueConverter, toleratesErrors, topics.transforms());
  }

  /** Null for none that is usual; the worker refuses what is not a number. */
  private static Duration maxBlock(String millis) {
    try {
      return millis == null ? null : Duration.ofMillis(Long.parseLong(millis.trim()));
    } catch (NumberFormatException | ArithmeticException e) {
      return null;
    }
  }
}
