// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.value;

import io.connectot.core.model.Quality;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.UntypedInteger;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertyValue;
import java.util.Map;

/**
 * The code in the property {@code Quality}: 192, 0 and 500 by the specification, others in the
 * ranges of OPC DA.
 */
record QualityCode(long code) {
  static final String PROPERTY = "Quality";

  private static final int GOOD = 192;
  private static final int UNCERTAIN = 64;
  private static final int LAST_OF_OPC_DA = 255;
  private static final int STALE = 500;

  /** The code among these properties; null when there is none. */
  static QualityCode of(PropertySet properties) {
    if (properties.isEmpty()) {
      return null;
    }
    for (Map.Entry<String, PropertyValue> property : properties.values().entrySet()) {
      if (!property.getKey().equalsIgnoreCase(PROPERTY)) {
        continue;
      }
      if (property.getValue().value() instanceof LongValue code) {
        return new QualityCode(code.value());
      }
      // Some publishers leave the type out.
      if (property.getValue().value() instanceof UntypedInteger code) {
        return new QualityCode(code.bits());
      }
    }
    return null;
  }

  Quality quality() {
    if (code >= GOOD && code <= LAST_OF_OPC_DA) {
      return Quality.GOOD;
    }
    return code >= 0 && code < UNCERTAIN ? Quality.BAD : Quality.UNCERTAIN;
  }

  /** The code and its name, as a record's status has it. */
  String status() {
    return code + " " + (code == STALE ? "STALE" : quality().name());
  }
}
