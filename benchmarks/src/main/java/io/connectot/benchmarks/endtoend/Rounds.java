// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Combines the results of several rounds. */
public final class Rounds {
  private Rounds() {}

  public static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
    double[] sorted = sorted(rounds, figure);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public static <T> double lowest(List<T> rounds, ToDoubleFunction<T> figure) {
    return sorted(rounds, figure)[0];
  }

  public static <T> double highest(List<T> rounds, ToDoubleFunction<T> figure) {
    return sorted(rounds, figure)[rounds.size() - 1];
  }

  /** Formats a number for a table. */
  public static String text(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }

  private static <T> double[] sorted(List<T> rounds, ToDoubleFunction<T> figure) {
    return rounds.stream().mapToDouble(figure).sorted().toArray();
  }
}
