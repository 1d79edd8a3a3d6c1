// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.check;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.WriteRule;
import io.connectot.core.model.WriteRule.Rate;
import io.connectot.core.sink.command.read.CommandRejectedException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Holds commands for one device against the limits of its tags. For one thread at a time. */
public final class WriteLimits {
  private final Clock clock;

  /** When a tag was written, by the clock's ticker, as far as its rate matters. */
  private final Map<Tag<?>, Deque<Long>> written = new HashMap<>();

  public WriteLimits(Clock clock) {
    this.clock = clock;
  }

  /**
   * Checks a value, in engineering units.
   *
   * @throws CommandRejectedException when it must not be written
   */
  static void checkRange(WriteRule rule, Value value) throws CommandRejectedException {
    if (value instanceof ArrayValue array) {
      for (Value element : array.elements()) {
        checkRange(rule, element);
      }
      return;
    }
    boolean limited = rule.min().isPresent() || rule.max().isPresent() || rule.step().isPresent();
    BigDecimal number = Coercion.number(value);
    if (!limited) {
      return;
    }
    if (number == null) {
      throw new CommandRejectedException(
          Coercion.describe(value) + " is not a number, as the limits of the tag need");
    }
    if (rule.min().isPresent() && number.compareTo(rule.min().get()) < 0) {
      throw new CommandRejectedException(
          Coercion.describe(value) + " is less than min=" + rule.min().get().toPlainString());
    }
    if (rule.max().isPresent() && number.compareTo(rule.max().get()) > 0) {
      throw new CommandRejectedException(
          Coercion.describe(value) + " is more than max=" + rule.max().get().toPlainString());
    }
    if (rule.step().isPresent()) {
      BigDecimal origin = rule.min().orElse(BigDecimal.ZERO);
      if (number.subtract(origin).remainder(rule.step().get()).signum() != 0) {
        throw new CommandRejectedException(
            Coercion.describe(value)
                + " is not a multiple of step="
                + rule.step().get().toPlainString()
                + (origin.signum() == 0 ? "" : " from min=" + origin.toPlainString()));
      }
    }
  }

  /**
   * Checks how often a tag was written.
   *
   * @throws CommandRejectedException when it was written too often
   */
  void checkRate(Tag<?> tag, Rate rate) throws CommandRejectedException {
    Deque<Long> times = written.get(tag);
    if (times == null) {
      return;
    }
    long now = clock.tick();
    while (!times.isEmpty() && now - times.peekFirst() >= rate.per().toNanos()) {
      times.removeFirst();
    }
    if (times.size() >= rate.count()) {
      throw new CommandRejectedException(
          "the tag was written "
              + rate.count()
              + " times within "
              + rate.per().toMillis()
              + " ms, the most that write.rate allows");
    }
  }

  /** A tag is written now. */
  public void written(Tag<?> tag) {
    if (tag.writeRule().flatMap(WriteRule::rate).isPresent()) {
      written.computeIfAbsent(tag, unused -> new ArrayDeque<>()).addLast(clock.tick());
    }
  }
}
