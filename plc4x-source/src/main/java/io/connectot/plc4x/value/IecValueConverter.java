// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.value;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import java.util.Optional;

/** Converts values by their type in IEC 61131-3. */
public final class IecValueConverter implements ValueConverter {
  @Override
  public Optional<Value> convert(PlcType declared, RawValue raw, Scaling scaling) {
    Object object = raw.object();
    if (object == null) {
      return Optional.empty();
    } else if (object instanceof Boolean flag) {
      return Optional.of(BooleanValue.of(flag));
    } else if (object instanceof Float || object instanceof Double || !scaling.isIdentity()) {
      return Optional.of(new DoubleValue(scaling.apply(((Number) object).doubleValue())));
    } else if (object instanceof Number number) {
      return Optional.of(new LongValue(number.longValue()));
    }
    return Optional.of(new TextValue(object.toString()));
  }
}
