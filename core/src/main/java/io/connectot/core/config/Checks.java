// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.spi.LineException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Validators that say what is allowed, in messages and in the documentation. */
public final class Checks {
  /** What a check does with a text that is set and not blank. */
  @FunctionalInterface
  public interface TextCheck {
    /**
     * @throws LineException saying what is wrong and what to write
     */
    void check(String text) throws LineException;
  }

  private Checks() {}

  /** A whole number within bounds, both inclusive. */
  public static ConfigDef.Validator between(long min, long max) {
    return ConfigDef.LambdaValidator.with(
        (key, value) -> {
          if (value instanceof Number number
              && (number.longValue() < min || number.longValue() > max)) {
            throw new ConfigException(key, value, "must be from " + min + " to " + max);
          }
        },
        () -> min + " to " + max);
  }

  /** A text that is neither empty nor blank and passes {@code check}. */
  public static ConfigDef.Validator required(String description, TextCheck check) {
    return ConfigDef.LambdaValidator.with(
        (key, value) -> {
          if (value == null || value.toString().isBlank()) {
            throw new ConfigException(key, value, "must not be empty: " + description);
          }
          run(key, value, check);
        },
        () -> description);
  }

  /** A text that may be absent or empty, else passes {@code check}. */
  public static ConfigDef.Validator optional(String description, TextCheck check) {
    return ConfigDef.LambdaValidator.with(
        (key, value) -> {
          if (value != null && !value.toString().isBlank()) {
            run(key, value, check);
          }
        },
        () -> description);
  }

  private static void run(String key, Object value, TextCheck check) {
    try {
      check.check(value.toString());
    } catch (LineException e) {
      throw new ConfigException(key, value, e.getMessage());
    }
  }
}
