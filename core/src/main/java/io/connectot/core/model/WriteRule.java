// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * How a tag may be written: what its line says beside {@code write=true}. Numbers are in
 * engineering units.
 *
 * @param min the lowest value; empty for no limit, as below
 * @param max the highest value
 * @param step values are whole multiples of it, counted from {@code min} or else from zero
 * @param rate how often the tag may be written
 * @param verify whether the value is read back after a write
 * @param tolerance how far a number that was read back may differ from the one that was written
 * @param interlock the condition under which the tag may be written
 * @param idempotent whether writing a value twice does no more than writing it once, so that a
 *     write without an answer may be repeated
 */
public record WriteRule(
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    Optional<BigDecimal> step,
    Optional<Rate> rate,
    Verify verify,
    BigDecimal tolerance,
    Optional<Interlock> interlock,
    boolean idempotent) {

  /** Whether the value is read back after a write. */
  public enum Verify {
    /** No. */
    NONE,
    /** Once, right after the write. */
    READ,
    /** Until it has the value that was written, or the time for it is over. */
    UNTIL
  }

  /**
   * How often a tag may be written.
   *
   * @param count at most so many writes, at least 1
   * @param per in any span of this length
   */
  public record Rate(int count, Duration per) {}

  /**
   * A condition on the value of another tag of the same device, read right before the write.
   *
   * @param tag the name of the other tag
   * @param value a number, {@code true} or {@code false}, or a text
   */
  public record Interlock(String tag, Comparison comparison, String value) {
    @Override
    public String toString() {
      return tag + comparison.symbol() + value;
    }
  }

  /** How an interlock compares. */
  public enum Comparison {
    // Symbols that begin with others come first, as they are looked for in this order.
    AT_LEAST(">="),
    AT_MOST("<="),
    NOT_EQUAL("!="),
    EQUAL("="),
    ABOVE(">"),
    BELOW("<");

    private final String symbol;

    Comparison(String symbol) {
      this.symbol = symbol;
    }

    /** As it is written on a line. */
    public String symbol() {
      return symbol;
    }

    /** Whether it holds, by the sign of a comparison of the actual value with the wanted one. */
    public boolean holds(int sign) {
      return switch (this) {
        case AT_LEAST -> sign >= 0;
        case AT_MOST -> sign <= 0;
        case NOT_EQUAL -> sign != 0;
        case EQUAL -> sign == 0;
        case ABOVE -> sign > 0;
        case BELOW -> sign < 0;
      };
    }
  }
}
