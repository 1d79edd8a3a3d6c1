// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sunspec;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The points of SunSpec models, by names such as {@code inverter.W} or {@code 103.W}. */
public final class SunSpecPoints {
  /** What an address begins with. */
  public static final String PREFIX = "sunspec:";

  private static final Map<String, Model> MODELS = new LinkedHashMap<>();

  private SunSpecPoints() {}

  /**
   * A point.
   *
   * @param models the models that have it at this offset
   * @param offset from the register of the model's number
   * @param type the type of a tag line
   * @param registers the length of text; 0 for numbers
   * @param factorOffset the offset of the scale factor; -1 without one
   */
  public record Point(
      List<Integer> models, int offset, String type, int registers, int factorOffset) {
    /** The number that means that the point is not implemented; empty when there is none. */
    public String notImplemented() {
      return switch (type) {
        case "int16" -> "0x8000";
        case "uint16" -> "0xFFFF";
        case "uint32" -> "0xFFFFFFFF";
        default -> "";
      };
    }
  }

  private static final class Model {
    private final List<Integer> numbers;
    private final Map<String, Point> points = new LinkedHashMap<>();

    private Model(List<Integer> numbers) {
      this.numbers = numbers;
    }

    private Model text(String name, int offset, int registers) {
      points.put(name, new Point(numbers, offset, "string", registers, -1));
      return this;
    }

    /** Points of the same type that follow each other. */
    private Model points(String type, int offset, int factorOffset, String... names) {
      int size = type.endsWith("32") ? 2 : 1;
      for (int i = 0; i < names.length; i++) {
        points.put(names[i], new Point(numbers, offset + size * i, type, 0, factorOffset));
      }
      return this;
    }
  }

  static {
    MODELS.put(
        "common",
        new Model(List.of(1))
            .text("Mn", 2, 16)
            .text("Md", 18, 16)
            .text("Opt", 34, 8)
            .text("Vr", 42, 8)
            .text("SN", 50, 16));
    MODELS.put(
        "inverter",
        new Model(List.of(101, 102, 103))
            .points("uint16", 2, 6, "A", "AphA", "AphB", "AphC")
            .points("uint16", 7, 13, "PPVphAB", "PPVphBC", "PPVphCA")
            .points("uint16", 10, 13, "PhVphA", "PhVphB", "PhVphC")
            .points("int16", 14, 15, "W")
            .points("uint16", 16, 17, "Hz")
            .points("int16", 18, 19, "VA")
            .points("int16", 20, 21, "VAr")
            .points("int16", 22, 23, "PF")
            .points("acc32", 24, 26, "WH")
            .points("uint16", 27, 28, "DCA")
            .points("uint16", 29, 30, "DCV")
            .points("int16", 31, 32, "DCW")
            .points("int16", 33, 37, "TmpCab", "TmpSnk", "TmpTrns", "TmpOt")
            .points("uint16", 38, -1, "St", "StVnd")
            .points("uint32", 40, -1, "Evt1", "Evt2"));
    MODELS.put(
        "meter",
        new Model(List.of(201, 202, 203, 204))
            .points("int16", 2, 6, "A", "AphA", "AphB", "AphC")
            .points("int16", 7, 15, "PhV", "PhVphA", "PhVphB", "PhVphC")
            .points("int16", 11, 15, "PPV", "PPVphAB", "PPVphBC", "PPVphCA")
            .points("int16", 16, 17, "Hz")
            .points("int16", 18, 22, "W", "WphA", "WphB", "WphC")
            .points("int16", 23, 27, "VA", "VAphA", "VAphB", "VAphC")
            .points("int16", 28, 32, "VAR", "VARphA", "VARphB", "VARphC")
            .points("int16", 33, 37, "PF", "PFphA", "PFphB", "PFphC")
            .points("acc32", 38, 54, "TotWhExp", "TotWhExpPhA", "TotWhExpPhB", "TotWhExpPhC")
            .points("acc32", 46, 54, "TotWhImp", "TotWhImpPhA", "TotWhImpPhB", "TotWhImpPhC"));
  }

  /**
   * Finds a point.
   *
   * @param text {@code sunspec:}, a model or its number, a point and the name of the point between
   * @throws LineException when there is none; the message names the nearest
   */
  public static Point parse(String text) throws LineException {
    String name = text.substring(PREFIX.length());
    int dot = name.indexOf('.');
    Model model = dot < 0 ? null : model(name.substring(0, dot));
    if (model == null) {
      throw new LineException(
          text
              + ": unknown SunSpec model; write a model of "
              + String.join(", ", MODELS.keySet())
              + " and a point, e.g. sunspec:inverter.W");
    }
    String pointName = name.substring(dot + 1);
    for (Map.Entry<String, Point> point : model.points.entrySet()) {
      if (point.getKey().equalsIgnoreCase(pointName)) {
        return point.getValue();
      }
    }
    throw new LineException(
        text
            + ": the model has no point '"
            + pointName
            + "'"
            + Suggestion.of(pointName, model.points.keySet())
                .word()
                .map(word -> ", did you mean " + word + "?")
                .orElse("; it has " + String.join(", ", model.points.keySet())));
  }

  /** The addresses of all points of a model; none if the model is not known. */
  public static List<String> addresses(int number) {
    List<String> addresses = new ArrayList<>();
    MODELS.forEach(
        (name, model) -> {
          if (model.numbers.contains(number)) {
            model.points.keySet().forEach(point -> addresses.add(PREFIX + name + "." + point));
          }
        });
    return addresses;
  }

  private static Model model(String name) {
    Model named = MODELS.get(name.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    for (Model model : MODELS.values()) {
      if (model.numbers.stream().anyMatch(number -> number.toString().equals(name))) {
        return model;
      }
    }
    return null;
  }
}
