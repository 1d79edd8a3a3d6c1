// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

/** Reports a name that two places define, at both when they are different keys. */
final class Duplicates {
  private Duplicates() {}

  static void report(
      String what,
      String name,
      ConfigLocation first,
      ConfigLocation second,
      ConfigErrors problems) {
    problems.add(second.problem(message(what, name, first)));
    if (!first.key().equals(second.key())) {
      problems.add(first.problem(message(what, name, second)));
    }
  }

  private static String message(String what, String name, ConfigLocation other) {
    return what + " '" + name + "' is also defined by " + other.text() + "; remove one of the two";
  }
}
