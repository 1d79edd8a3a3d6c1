// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.filter;

import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Compares a value with the one last reported. */
final class Changes {
  /** Beyond it, a double does not hold every whole number. */
  private static final double EXACT = 1L << 53;

  private Changes() {}

  /** Whether {@code now} is a change against {@code reported}, given the tag's deadband. */
  static boolean differ(Value reported, Value now, Deadband deadband) {
    if (deadband.size() == 0) {
      if (reported instanceof DoubleValue a && now instanceof DoubleValue b) {
        return differ(a.value(), b.value());
      }
      return !reported.equals(now);
    }
    if (isNumber(reported) && isNumber(now)) {
      double a = number(reported);
      double b = number(now);
      double width = deadband.percent() ? Math.abs(a) * deadband.size() / 100 : deadband.size();
      if (Math.max(Math.abs(a), Math.abs(b)) > EXACT && isWhole(reported) && isWhole(now)) {
        BigInteger distance = whole(now).subtract(whole(reported)).abs();
        return distance.signum() != 0
            && new BigDecimal(distance).compareTo(BigDecimal.valueOf(width)) > 0;
      }
      // Written so that a step from or to NaN or an infinity, whose distance is no number, counts.
      return differ(a, b) && !(Math.abs(b - a) <= width && Double.isFinite(a));
    }
    return !reported.equals(now);
  }

  private static boolean isWhole(Value value) {
    return value instanceof LongValue || value instanceof BigValue;
  }

  private static BigInteger whole(Value value) {
    return value instanceof LongValue l
        ? BigInteger.valueOf(l.value())
        : ((BigValue) value).value();
  }

  /** NaN equals NaN, and zero equals negative zero. */
  private static boolean differ(double a, double b) {
    return a != b && !(Double.isNaN(a) && Double.isNaN(b));
  }

  private static boolean isNumber(Value value) {
    return value instanceof DoubleValue || value instanceof LongValue || value instanceof BigValue;
  }

  private static double number(Value value) {
    if (value instanceof DoubleValue d) {
      return d.value();
    }
    if (value instanceof LongValue l) {
      return l.value();
    }
    return ((BigValue) value).value().doubleValue();
  }
}
