// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.check;

import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.WriteRule.Comparison;
import io.connectot.core.model.WriteRule.Interlock;
import io.connectot.core.sink.command.read.CommandRejectedException;
import io.connectot.core.sink.command.read.PlainValues;
import java.math.BigDecimal;

/** Compares values that were read with those that are wanted. */
final class Comparisons {
  private Comparisons() {}

  /**
   * Whether a condition holds.
   *
   * @param actual in engineering units
   * @throws CommandRejectedException when the values cannot be compared
   */
  static boolean holds(Interlock interlock, Value actual) throws CommandRejectedException {
    boolean equality =
        interlock.comparison() == Comparison.EQUAL
            || interlock.comparison() == Comparison.NOT_EQUAL;
    BigDecimal number = Coercion.number(actual);
    if (number != null) {
      try {
        return interlock.comparison().holds(number.compareTo(new BigDecimal(interlock.value())));
      } catch (NumberFormatException e) {
        throw incomparable(interlock, actual);
      }
    }
    if (equality && actual instanceof BooleanValue flag) {
      if (interlock.value().equals("true") || interlock.value().equals("false")) {
        boolean wanted = Boolean.parseBoolean(interlock.value());
        return interlock.comparison().holds(Boolean.compare(flag.value(), wanted));
      }
    } else if (equality && actual instanceof TextValue text) {
      return interlock.comparison().holds(text.value().compareTo(interlock.value()));
    }
    throw incomparable(interlock, actual);
  }

  private static CommandRejectedException incomparable(Interlock interlock, Value actual) {
    return new CommandRejectedException(
        "the condition write.if="
            + interlock
            + " cannot be compared with "
            + Coercion.describe(actual)
            + "; correct it");
  }

  /**
   * Whether a device has the value that was written.
   *
   * @param written raw
   * @param read raw
   * @param tolerance in engineering units
   */
  static boolean isSame(Value written, Value read, Tag<?> tag, BigDecimal tolerance) {
    if (written instanceof ArrayValue one && read instanceof ArrayValue other) {
      if (one.elements().size() != other.elements().size()) {
        return false;
      }
      for (int i = 0; i < one.elements().size(); i++) {
        if (!isSame(one.elements().get(i), other.elements().get(i), tag, tolerance)) {
          return false;
        }
      }
      return true;
    }
    BigDecimal first = Coercion.number(written);
    BigDecimal second = Coercion.number(read);
    if (first == null || second == null) {
      return written.equals(read);
    }
    BigDecimal difference = tag.scaling().apply(first).subtract(tag.scaling().apply(second)).abs();
    // A float holds seven digits of what was written, whatever its width in the device.
    return difference.compareTo(tolerance) <= 0
        || (tolerance.signum() == 0
            && first.floatValue() == second.floatValue()
            && !isWhole(first));
  }

  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  /** A raw value in engineering units. */
  static Value scaled(Value raw, Tag<?> tag) {
    BigDecimal number = Coercion.number(raw);
    return number == null || tag.scaling().isIdentity()
        ? raw
        : PlainValues.number(tag.scaling().apply(number));
  }
}
