// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values whose text depends on the version and the settings of the JSON library. */
final class Samples {
  static final List<Object> ALL = List.of(characters(), doubles(), floats(), others());

  private Samples() {}

  /** The characters that are escaped, their neighbours, and surrogates. */
  private static String characters() {
    StringBuilder text = new StringBuilder();
    for (char c = 0; c < 0x180; c++) {
      text.append(c);
    }
    return text.append("\u07ff\u0800\u2028\ud83d\ude00\ud800 \ude00\ufeff\uffff").toString();
  }

  private static List<Double> doubles() {
    List<Double> doubles =
        new ArrayList<>(
            List.of(Double.NaN, Double.NEGATIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE));
    for (int exponent = -10; exponent <= 20; exponent++) {
      double power = Double.parseDouble("1E" + exponent);
      doubles.addAll(List.of(power, -1.5 * power, 21.375 * power, power / 3));
    }
    doubles.add(-0.0);
    return doubles;
  }

  private static List<Float> floats() {
    List<Float> floats =
        new ArrayList<>(
            List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, Float.MIN_VALUE));
    for (int exponent = -10; exponent <= 20; exponent++) {
      float power = Float.parseFloat("1E" + exponent);
      floats.addAll(List.of(power, -1.5f * power, 21.375f * power, power / 3));
    }
    floats.add(-0.0f);
    return floats;
  }

  private static Map<String, Object> others() {
    return Map.of(
        "a\u00e4\"\n", List.of((byte) -1, (short) 2, 3, Long.MIN_VALUE, true, new byte[] {-1, 0}));
  }
}
