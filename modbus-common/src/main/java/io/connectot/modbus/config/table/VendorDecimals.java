// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagTable;
import io.connectot.modbus.type.ModbusType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers of decimals, and resolutions, in the register tables of vendors. For one table. */
final class VendorDecimals {
  private static final String RESOLUTION = "resolution";

  private static final Set<String> HEADINGS =
      Set.of(
          "decimals",
          "decimal places",
          "number of decimals",
          "no. of decimals",
          "decimal digits",
          RESOLUTION);

  /** {@code 2}, {@code 2.0} of a spreadsheet, {@code 2 decimals}. */
  private static final Pattern DIGITS =
      Pattern.compile("(?i)(\\d)(?:\\.0+)?(?:\\s*(dec(?:imals?|\\.)?|decimal (?:places|digits)))?");

  private static final String UNIT = "[kMGm]?(?:Wh?|VAh?|(?i:varh?)|V|A|Hz)";

  /** {@code 0.1}, {@code 0,01 kWh}, {@code x0.1}, {@code 1/10}, {@code 10^-1}, {@code 10 W}. */
  private static final Pattern STEP =
      Pattern.compile(
          "(?:[xX*\\u00D7]\\s*)?0[.,]0*[1-9]\\d*\\s*(?:[\\p{L}%\\u00B0].*)?"
              + "|[xX*\\u00D7]\\s*10*"
              + "|1\\s*/\\s*10+\\s*(?:[\\p{L}%\\u00B0].*)?"
              + "|10\\s*(?:\\^|\\*\\*)\\s*-?\\d\\s*(?:[\\p{L}%\\u00B0].*)?"
              + "|10*\\s*"
              + UNIT);

  /** Whether resolutions are the steps of values. */
  private boolean hasSteps;

  /** Whether resolutions are numbers of decimals. */
  private boolean hasDigits;

  void prepare(List<TagTable.Row> rows) {
    for (TagTable.Row row : rows) {
      row.attributes()
          .forEach(
              (heading, text) -> {
                if (VendorTable.heading(heading).equals(RESOLUTION)) {
                  Matcher digits = DIGITS.matcher(text.trim());
                  hasSteps |= isStep(text.trim());
                  hasDigits |=
                      digits.matches() && (digits.group(1).equals("0") || digits.group(2) != null);
                }
              });
    }
  }

  private static boolean isStep(String text) {
    return STEP.matcher(VendorScales.withoutSuperscript(text)).matches();
  }

  /**
   * Makes the scale of a whole number of the cell.
   *
   * @param isScaled whether the row has a scale or gain, which can be 1
   */
  void read(TagTable.Row row, boolean isScaled) throws LineException {
    for (Map.Entry<String, String> attribute : row.attributes().entrySet()) {
      String heading = VendorTable.heading(attribute.getKey());
      if (HEADINGS.contains(heading)) {
        String text = attribute.getValue().trim();
        if (isInUse(row.cells()) && apply(row.cells(), heading, text, isScaled)) {
          row.attributes().remove(attribute.getKey());
        }
        return;
      }
    }
  }

  private static boolean isInUse(Map<String, String> cells) {
    ModbusType type = VendorTypes.type(cells.get("type"));
    return type != null
        && type.valueType().isInteger()
        && !cells.containsKey("scale")
        && !cells.containsKey("scale.from");
  }

  /**
   * @return whether it is the scale now
   */
  private boolean apply(Map<String, String> cells, String heading, String text, boolean isScaled)
      throws LineException {
    Optional<VendorScales.Factor> found =
        DIGITS.matcher(text).matches() ? ofDigits(heading, text) : ofStep(text);
    if (found.isEmpty()) {
      return false;
    }
    BigDecimal scale = found.get().scale();
    boolean isOne = scale.compareTo(BigDecimal.ONE) == 0;
    if (isScaled && !isOne) {
      throw new LineException(
          "the scale is 1, and the %s '%s' mean %s; correct one of the two, or leave one out"
              .formatted(heading, text, scale.toPlainString()));
    }
    found.get().fillUnit(cells, heading, text);
    VendorScales.put(cells, scale);
    return !isOne;
  }

  private static Optional<VendorScales.Factor> ofStep(String text) throws LineException {
    return isStep(text) ? VendorScales.factor(text) : Optional.empty();
  }

  private Optional<VendorScales.Factor> ofDigits(String heading, String text) throws LineException {
    Matcher digits = DIGITS.matcher(text);
    if (!digits.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(digits.group(1));
    boolean isStep = heading.equals(RESOLUTION) && digits.group(2) == null && !hasDigits;
    if (isStep && number > 0 && !(hasSteps && number == 1)) {
      throw new LineException(
          "the resolution %s can be a number of decimals or the step of the value; name the column"
                  .formatted(text)
              + " decimals, or write the scale in a column 'scale'");
    }
    BigDecimal scale = BigDecimal.ONE.movePointLeft(isStep ? 0 : number);
    return Optional.of(new VendorScales.Factor(scale, null));
  }
}
