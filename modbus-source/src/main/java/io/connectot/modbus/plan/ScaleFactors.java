// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.ValueType;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Registers of a device that hold the power of ten by which a value is multiplied, as in SunSpec.
 * They are read with the values, in the same scan. Immutable.
 */
final class ScaleFactors {
  private static final int LARGEST = 10;

  /** The tag of a value to the tag of its factor. */
  private final Map<PlannedTag, PlannedTag> factors = new HashMap<>();

  private final List<PlannedTag> planned = new ArrayList<>();

  /** Plans the factors of tags, after the tags themselves; values share a factor. */
  ScaleFactors(Device<ModbusDevice> device, List<PlannedTag> tags, Map<Integer, Integer> models) {
    int ownUnit = device.settings().unit();
    Map<UnitTable, Map<Integer, PlannedTag>> known = new HashMap<>();
    for (PlannedTag tag : tags) {
      Optional<ModbusTag> address = tag.tag().address().scaleFactor();
      if (address.isEmpty() || tag.isAbsent(models)) {
        continue;
      }
      PlannedTag factor =
          PlannedTag.of(
              tags.size() + planned.size(), point(device, address.get()), ownUnit, models);
      PlannedTag shared =
          known
              .computeIfAbsent(factor.unitTable(), key -> new HashMap<>())
              .putIfAbsent(factor.start(), factor);
      if (shared == null) {
        planned.add(factor);
      }
      factors.put(tag, shared == null ? factor : shared);
    }
  }

  private static Point<ModbusTag> point(Device<ModbusDevice> device, ModbusTag address) {
    return new Point<>(
        device,
        new Tag<>(
            address.toString(),
            address,
            ValueType.INT16,
            Optional.empty(),
            Duration.ofSeconds(1),
            ReportPolicy.ALL,
            Scaling.NONE,
            Map.of()));
  }

  /** The tags of the factors, which have no record of their own. */
  List<PlannedTag> planned() {
    return planned;
  }

  /** Multiplies the values by their factors. A value without a factor is BAD. */
  void apply(ScanResults results) {
    factors.forEach(
        (tag, factor) -> results.replace(tag, scaled(results.of(tag), results.of(factor))));
  }

  private static Measurement scaled(Measurement value, Measurement factor) {
    if (value.value() == null) {
      return value;
    }
    boolean known =
        factor.quality() == Quality.GOOD
            && factor.value() instanceof LongValue power
            && Math.abs(power.value()) <= LARGEST;
    if (!known) {
      return Measurement.bad(value.point(), value.receivedNanos(), "NO_SCALE_FACTOR");
    }
    int power = (int) ((LongValue) factor.value()).value();
    return new Measurement(
        value.point(),
        value.timestampNanos(),
        value.receivedNanos(),
        scaled(value.value(), power),
        value.quality(),
        value.status());
  }

  private static Value scaled(Value value, int power) {
    if (value instanceof LongValue number) {
      return scaled(BigDecimal.valueOf(number.value()), power);
    }
    if (value instanceof BigValue number) {
      return scaled(new BigDecimal(number.value()), power);
    }
    if (value instanceof DoubleValue number) {
      return Double.isFinite(number.value())
          ? scaled(BigDecimal.valueOf(number.value()), power)
          : number;
    }
    if (value instanceof ArrayValue array) {
      return new ArrayValue(
          ValueType.FLOAT64,
          array.elements().stream().map(element -> scaled(element, power)).toList());
    }
    return value;
  }

  private static DoubleValue scaled(BigDecimal value, int power) {
    return new DoubleValue(value.scaleByPowerOfTen(power).doubleValue());
  }
}
