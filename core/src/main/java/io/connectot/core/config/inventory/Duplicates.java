// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.ConfigLocation;

/** Reports a name that is defined twice, on both keys if they differ. */
final class Duplicates {
  private Duplicates() {}

  static void report(
      String what, String name, ConfigLocation first, ConfigLocation second, ConfigErrors errors) {
    errors.add(second.error(message(what, name, first)));
    if (!first.key().equals(second.key())) {
      errors.add(first.error(message(what, name, second)));
    }
  }

  private static String message(String what, String name, ConfigLocation other) {
    return what + " '" + name + "' is also defined by " + other.text() + "; remove one of the two";
  }
}
