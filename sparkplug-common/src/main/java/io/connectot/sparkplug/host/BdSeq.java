// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;

/** The metric bdSeq, which ties the death of an edge node to its birth. */
final class BdSeq {
  private static final String NAME = "bdSeq";
  private static final int NUMBERS = 256;

  private BdSeq() {}

  /** The number in a birth or death; null when it has none. */
  static Long of(Payload payload) {
    for (Metric metric : payload.metrics()) {
      if (NAME.equals(metric.name())) {
        if (metric.value() instanceof MetricValue.LongValue number) {
          return number.value();
        }
        return metric.value() instanceof MetricValue.UntypedInteger number ? number.bits() : null;
      }
    }
    return null;
  }

  /** Whether a number is that of a session after another one; the numbers begin anew after 255. */
  static boolean isNewer(long number, long than) {
    long ahead = Math.floorMod(number - than, (long) NUMBERS);
    return ahead > 0 && ahead < NUMBERS / 2;
  }
}
