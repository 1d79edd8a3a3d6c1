// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Compares contenders by the medians of their rounds: one row for each pair that had turns.
 *
 * @param <C> the contenders
 * @param <S> the results of a turn
 */
public final class Ratios<C extends Enum<C>, S> {
  private final Map<Turn<C>, List<S>> samples;
  private final Function<C, String> titles;
  private final ToDoubleFunction<S> rate;
  private final ToDoubleFunction<S> cpu;
  private final Table table;

  /**
   * @param samples of each turn, one for each round
   * @param titles what a contender is called
   * @param ofWhat the unit of the rate, e.g. {@code values/s}
   * @param cpuOf the title of the column of processor time
   * @param rate of a turn
   * @param cpu the processor time of a turn, for as much work as in any other
   */
  public Ratios(
      Map<Turn<C>, List<S>> samples,
      Function<C, String> titles,
      String ofWhat,
      String cpuOf,
      ToDoubleFunction<S> rate,
      ToDoubleFunction<S> cpu) {
    this.samples = samples;
    this.titles = titles;
    this.rate = rate;
    this.cpu = cpu;
    this.table = new Table("compared", ofWhat, cpuOf);
  }

  /** Adds the row of two contenders, if both had turns. */
  public void add(C measured, C base) {
    add(Turn.of(measured), Turn.of(base));
  }

  /** Adds the row of a contender, and of its former version or another one's. */
  public void addFormer(C measured, C base) {
    add(Turn.of(measured), Turn.former(base));
  }

  private void add(Turn<C> measured, Turn<C> base) {
    if (samples.containsKey(measured) && samples.containsKey(base)) {
      table.add(
          title(measured) + " / " + title(base),
          Rounds.text("%.0f %%", 100 * ratio(measured, base, rate)),
          Rounds.text("%.2f x", ratio(measured, base, cpu)));
    }
  }

  private String title(Turn<C> turn) {
    return turn.title(titles.apply(turn.contender()));
  }

  private double ratio(Turn<C> measured, Turn<C> base, ToDoubleFunction<S> figure) {
    return Rounds.median(samples.get(measured), figure) / Rounds.median(samples.get(base), figure);
  }

  /** The table. */
  @Override
  public String toString() {
    return table.toString();
  }
}
