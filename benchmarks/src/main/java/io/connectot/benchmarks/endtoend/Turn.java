// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

/**
 * What has its turn in every round.
 *
 * @param contender the program
 * @param former whether it runs the plugin of {@code --former} instead of the current one
 */
public record Turn<C extends Enum<C>>(C contender, boolean former) {
  public static <C extends Enum<C>> Turn<C> of(C contender) {
    return new Turn<>(contender, false);
  }

  public static <C extends Enum<C>> Turn<C> former(C contender) {
    return new Turn<>(contender, true);
  }

  /** The name of its files in a round. */
  public String name(int round) {
    return contender.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
        + (former ? "-former-" : "-")
        + round;
  }

  /** A title of the contender with the plugin. */
  public String title(String ofContender) {
    return ofContender + (former ? ", former version" : "");
  }
}
