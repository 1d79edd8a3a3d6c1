// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import io.connectot.modbus.type.ModbusType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scales in the register tables of vendors, which also stand in the column of the unit. */
final class VendorScales {
  private static final String NUMBER = "\\d+(?:[.,]\\d+)?(?:[eE][-+]?\\d+)?";

  /** Not what is calculated too, such as {@code V/10} or {@code = 1 V}. */
  private static final String UNIT = "[\\p{L}%\\u00B0(\\[](?!.*(?:=|[/*\\u00D7]\\s*10+$)).*";

  /** {@code x0.1}, {@code 0,1}, {@code 0.1 kWh}. */
  private static final Pattern FACTOR =
      Pattern.compile("(?i)[x*\\u00D7]?\\s*(-?" + NUMBER + ")\\s*(" + UNIT + ")?");

  /** {@code /10}, {@code 1/10}, {@code \u00F7 10}. */
  private static final Pattern DIVISOR =
      Pattern.compile("(?:1\\s*)?[/\\u00F7:]\\s*(" + NUMBER + ")\\s*([^\\d\\s.,*/].*)?");

  /** {@code 10^-1}, {@code 10**-1}, {@code 10^-1 V}. */
  private static final Pattern POWER =
      Pattern.compile(
          "(?i)[x*\\u00D7]?\\s*10\\s*(?:\\^|\\*\\*)\\s*(-?\\d{1,2})\\s*(" + UNIT + ")?");

  /** {@code 1/10 A}. */
  private static final Pattern FRACTION = Pattern.compile("1\\s*/\\s*(10+)\\s*(" + UNIT + ")");

  private static final String SUPERSCRIPTS =
      "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";

  /** {@code 10} and the superscript of its power. */
  private static final Pattern SUPERSCRIPT =
      Pattern.compile("10(\\u207B?)([" + SUPERSCRIPTS + "])");

  /** {@code 10E-1}, which is 1, and is written for a tenth. */
  private static final Pattern TEN_E = Pattern.compile("(?i)10(?:\\.0*)?E-?\\d+.*");

  /** {@code V*10}, {@code V x 10}, {@code V/10}: the register has tenths. */
  private static final Pattern TIMES_UNIT =
      Pattern.compile("(.*[\\p{L}%\\u00B0\\u2126\\u03A9])\\s*(?:[*\\u00D7/]|\\bx)\\s*(10+)");

  /** {@code 0.1V}, {@code 0.01 kWh}, {@code 10 W}; not {@code 1/min} or {@code 10 min}. */
  private static final Pattern UNIT_WITH_FACTOR =
      Pattern.compile(
          "(?:[xX*\\u00D7]\\s*)?(0[.,]0*[1-9]\\d*(?=\\s*[\\p{L}%\\u00B0\\u2126\\u03A9])"
              + "|10+(?=\\s*[kM]?(?:Wh?|VAh?|varh?|V|A|Hz)$))\\s*(.+)");

  private VendorScales() {}

  /**
   * @param gain the number by which values are divided; null without one
   * @param factors the rows that a scale can name
   */
  static void read(Map<String, String> cells, String gain, FactorRows factors)
      throws LineException {
    unit(cells);
    if (!isNumber(cells)) {
      // A scale of 1 is in the rows of texts and dates too.
      cells.remove("scale", "1");
      return;
    }
    String scale = cells.get("scale");
    if (scale != null) {
      if (factors.contains(scale)) {
        cells.put("scale.from", factors.address(scale, cells));
        cells.remove("scale");
      } else {
        scale(cells, scale);
      }
    }
    if (gain != null) {
      divide(cells, gain);
    }
    decimalPoint(cells, "offset");
  }

  private static void scale(Map<String, String> cells, String written) throws LineException {
    Optional<Factor> factor = factor(written);
    // The message of the option says what is wrong with others.
    if (factor.isPresent()) {
      factor.get().fillUnit(cells, "scale", written);
      put(cells, factor.get().scale());
    }
  }

  /**
   * A factor, and the unit beside it.
   *
   * @param unit null without one
   */
  record Factor(BigDecimal scale, String unit) {
    /**
     * Fills the cell of the unit.
     *
     * @throws LineException when it has another one
     */
    void fillUnit(Map<String, String> cells, String column, String written) throws LineException {
      if (unit == null) {
        return;
      }
      String other = cells.putIfAbsent("unit", unit);
      if (other != null && VendorUnits.differ(unit, other)) {
        throw new LineException(
            "the %s '%s' is in %s, and the unit is %s; write both in the same unit"
                .formatted(column, written, unit, other));
      }
    }
  }

  /** What {@code 0.1}, {@code x0.1}, {@code /10}, {@code 10^-1} or {@code 0.1 kWh} say. */
  static Optional<Factor> factor(String written) throws LineException {
    String text = withoutSuperscript(written);
    if (TEN_E.matcher(text).matches()) {
      throw new LineException(
          "the scale '" + written + "' can be 10^n or 10 times 10^n; write a number such as 0.1");
    }
    Matcher power = POWER.matcher(text);
    Matcher divisor = DIVISOR.matcher(text);
    Matcher factor = FACTOR.matcher(text);
    BigDecimal scale;
    String unit;
    if (power.matches()) {
      scale = BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(power.group(1)));
      unit = power.group(2);
    } else if (divisor.matches()) {
      scale = inverse(number(divisor.group(1)));
      unit = divisor.group(2);
    } else if (factor.matches()) {
      scale = number(factor.group(1));
      unit = factor.group(2);
    } else {
      return Optional.empty();
    }
    return Optional.of(new Factor(scale, unit == null ? null : unit.trim()));
  }

  static String withoutSuperscript(String text) {
    Matcher power = SUPERSCRIPT.matcher(text);
    return power.find()
        ? power.replaceFirst(
            "10^" + (power.group(1).isEmpty() ? "" : "-") + SUPERSCRIPTS.indexOf(power.group(2)))
        : text;
  }

  private static void divide(Map<String, String> cells, String gain) throws LineException {
    Matcher factor = FACTOR.matcher(gain);
    Matcher divisor = DIVISOR.matcher(gain);
    BigDecimal number;
    if (factor.matches()) {
      number = number(factor.group(1));
    } else if (divisor.matches()) {
      number = number(divisor.group(1));
    } else {
      throw new LineException("gain '" + gain + "' must be a number such as 10");
    }
    if (number.signum() == 0) {
      throw new LineException("gain '" + gain + "' must not be 0");
    }
    if (number.abs().compareTo(BigDecimal.ONE) < 0) {
      throw new LineException(
          "gain '" + gain + "' would multiply, as values are divided by it; name the column scale");
    }
    if (cells.containsKey("scale")) {
      throw new LineException(
          "has the scale "
              + cells.get("scale")
              + " and the gain "
              + gain
              + "; remove one of the two");
    }
    put(cells, inverse(number));
  }

  /** Writes a scale; none when it is 1. */
  static void put(Map<String, String> cells, BigDecimal scale) {
    if (scale.compareTo(BigDecimal.ONE) == 0) {
      cells.remove("scale");
    } else {
      cells.put("scale", scale.stripTrailingZeros().toString());
    }
  }

  /** Brackets, and scales such as {@code 0.1V} and {@code V*10}. */
  private static void unit(Map<String, String> cells) throws LineException {
    String unit = cells.get("unit");
    if (unit == null) {
      return;
    }
    if (unit.matches("\\[[^\\[\\]]*]|\\([^()]*\\)")) {
      unit = unit.substring(1, unit.length() - 1).trim();
    }
    unit = withoutSuperscript(unit);
    Matcher power = POWER.matcher(unit);
    Matcher fraction = FRACTION.matcher(unit);
    Matcher times = TIMES_UNIT.matcher(unit);
    Matcher factor = UNIT_WITH_FACTOR.matcher(unit);
    BigDecimal scale = null;
    if (times.matches()) {
      scale = inverse(number(times.group(2)));
      unit = times.group(1).trim();
    } else if (fraction.matches()) {
      scale = inverse(number(fraction.group(1)));
      unit = fraction.group(2).trim();
    } else if (power.matches() && power.group(2) != null) {
      scale = BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(power.group(1)));
      unit = power.group(2).trim();
    } else if (factor.matches()) {
      scale = number(factor.group(1));
      unit = factor.group(2).trim();
    }
    if (unit.isEmpty()) {
      cells.remove("unit");
    } else {
      cells.put("unit", unit);
    }
    if (scale != null && scale.compareTo(BigDecimal.ONE) != 0 && isNumber(cells)) {
      String other = cells.get("scale");
      if (other != null) {
        scale(cells, other);
        other = cells.get("scale");
      }
      if (other != null && number(other).compareTo(scale) != 0) {
        throw new LineException(
            "the unit says a scale of " + scale + ", and the scale is " + other + "; correct one");
      }
      put(cells, scale);
    }
  }

  /** Whether it is a number; an unknown type is reported elsewhere. */
  private static boolean isNumber(Map<String, String> cells) {
    String type = cells.get("type");
    try {
      return type == null || ModbusType.parse(type).isNumber();
    } catch (LineException e) {
      return true;
    }
  }

  private static void decimalPoint(Map<String, String> cells, String column) throws LineException {
    String text = cells.get(column);
    if (text != null && text.indexOf(',') >= 0) {
      cells.put(column, number(text).toString());
    }
  }

  private static BigDecimal inverse(BigDecimal number) {
    return BigDecimal.ONE.divide(number, MathContext.DECIMAL64);
  }

  private static BigDecimal number(String text) throws LineException {
    if (text.matches("[1-9]\\d{0,2},\\d{3}")) {
      throw new LineException(
          "'"
              + text
              + "' is a thousand times more or less, depending on what the comma means; write"
              + " it with a point or without the comma");
    }
    try {
      return new BigDecimal(text.replace(',', '.'));
    } catch (NumberFormatException e) {
      throw new LineException("'" + text + "' must be a number such as 0.1");
    }
  }
}
