// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.model.ValueType;
import io.connectot.core.model.WriteRule;
import io.connectot.core.model.WriteRule.Comparison;
import io.connectot.core.model.WriteRule.Interlock;
import io.connectot.core.model.WriteRule.Rate;
import io.connectot.core.model.WriteRule.Verify;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of a line that say how a tag may be written. */
public final class WriteOptions {
  /** The option that allows writes; the others need it. */
  public static final String WRITE = "write";

  private static final String MIN = "min";
  private static final String MAX = "max";
  private static final String STEP = "step";
  private static final String RATE = "write.rate";
  private static final String VERIFY = "write.verify";
  private static final String TOLERANCE = "tolerance";
  private static final String INTERLOCK = "write.if";
  private static final String IDEMPOTENT = "idempotent";

  /** The names of the options. */
  public static final List<String> NAMES =
      List.of(WRITE, MIN, MAX, STEP, RATE, VERIFY, TOLERANCE, INTERLOCK, IDEMPOTENT);

  private static final Duration MAX_PER = Duration.ofDays(1);

  private WriteOptions() {}

  /**
   * Reads the options of a line.
   *
   * @param type of the raw value; limits need numbers
   * @return empty when the line does not allow writes
   * @throws LineException when the options cannot work
   */
  public static Optional<WriteRule> parse(LineOptions options, ValueType type)
      throws LineException {
    boolean write = options.flag(WRITE).orElse(false);
    Optional<BigDecimal> min = limit(options, MIN, type);
    Optional<BigDecimal> max = limit(options, MAX, type);
    Optional<BigDecimal> step = limit(options, STEP, type);
    Optional<Rate> rate = rate(options);
    Optional<Verify> verify = options.choice(VERIFY, Verify.class);
    Optional<BigDecimal> tolerance = limit(options, TOLERANCE, type);
    Optional<Interlock> interlock = interlock(options);
    Optional<Boolean> idempotent = options.flag(IDEMPOTENT);
    if (!write) {
      needWrite(MIN, min);
      needWrite(MAX, max);
      needWrite(STEP, step);
      needWrite(RATE, rate);
      needWrite(VERIFY, verify);
      needWrite(TOLERANCE, tolerance);
      needWrite(INTERLOCK, interlock);
      needWrite(IDEMPOTENT, idempotent);
      return Optional.empty();
    }
    if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
      throw new LineException("min=" + min.get() + " is more than max=" + max.get());
    }
    if (step.isPresent() && step.get().signum() <= 0) {
      throw new LineException("step=" + step.get() + ": must be more than 0");
    }
    if (tolerance.isPresent() && tolerance.get().signum() < 0) {
      throw new LineException("tolerance=" + tolerance.get() + ": must be 0 or more");
    }
    if (tolerance.isPresent() && verify.orElse(Verify.NONE) == Verify.NONE) {
      throw new LineException("tolerance has no effect without write.verify=read or until");
    }
    return Optional.of(
        new WriteRule(
            min,
            max,
            step,
            rate,
            verify.orElse(Verify.NONE),
            tolerance.orElse(BigDecimal.ZERO),
            interlock,
            idempotent.orElse(false)));
  }

  private static void needWrite(String option, Optional<?> value) throws LineException {
    if (value.isPresent()) {
      throw new LineException(option + " has no effect without write=true; add it");
    }
  }

  private static Optional<BigDecimal> limit(LineOptions options, String key, ValueType type)
      throws LineException {
    Optional<String> text = options.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!type.mayBeNumeric() && type != ValueType.JSON) {
      throw new LineException(key + " needs a number, but the type is " + type.configName());
    }
    try {
      return Optional.of(new BigDecimal(text.get()));
    } catch (NumberFormatException e) {
      throw new LineException(key + "=" + text.get() + ": must be a number such as 0.1");
    }
  }

  private static Optional<Rate> rate(LineOptions options) throws LineException {
    Optional<String> text = options.text(RATE);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int slash = text.get().indexOf('/');
    if (slash > 0 && slash <= 6 && isNumber(text.get().substring(0, slash))) {
      int count = Integer.parseInt(text.get().substring(0, slash));
      String per = text.get().substring(slash + 1);
      LineOptions span = new LineOptions(java.util.Map.of(RATE, isNumber(per) ? "" : per));
      Optional<Duration> duration = ReportOptions.duration(span, RATE, MAX_PER);
      if (count > 0 && duration.isPresent()) {
        return Optional.of(new Rate(count, duration.get()));
      }
    }
    throw new LineException(
        RATE + "=" + text.get() + ": must be a number of writes and a time, such as 6/1m");
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Optional<Interlock> interlock(LineOptions options) throws LineException {
    Optional<String> text = options.text(INTERLOCK);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    for (Comparison comparison : Comparison.values()) {
      int at = text.get().indexOf(comparison.symbol());
      if (at > 0 && at + comparison.symbol().length() < text.get().length()) {
        return Optional.of(
            new Interlock(
                text.get().substring(0, at).trim(),
                comparison,
                text.get().substring(at + comparison.symbol().length()).trim()));
      }
    }
    throw new LineException(
        INTERLOCK + "=" + text.get() + ": must compare a tag, such as mode=2 or level<80");
  }
}
