// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/**
 * A mistake in a configuration.
 *
 * @param what in words
 * @param props the configuration
 * @param guilty the one key that is to be blamed
 * @param says what its message has to hold: cause and remedy
 */
record Mistake(String what, Map<String, String> props, String guilty, List<String> says) {
  static Mistake of(String what, Map<String, String> props, String guilty, String... says) {
    return new Mistake(what, props, guilty, List.of(says));
  }

  void check() {
    Map<String, List<String>> errors = Configs.errors(props);
    assertThat(errors).containsOnlyKeys(guilty);
    assertThat(errors.get(guilty)).hasSize(1);
    assertThat(String.join("\n", errors.get(guilty))).contains(guilty).contains(says);
  }

  @Override
  public String toString() {
    return what;
  }
}
