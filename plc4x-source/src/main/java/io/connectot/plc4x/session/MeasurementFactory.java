// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.merge.MergedRead.Part;
import io.connectot.plc4x.value.IecValueConverter;
import io.connectot.plc4x.value.RawValue;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the measurements of one scan group. */
final class MeasurementFactory {
  private static final Logger LOG = LoggerFactory.getLogger(MeasurementFactory.class);

  private final Device<?> device;
  private final List<Point<Plc4xTag>> points;
  private final Clock clock;

  MeasurementFactory(Device<?> device, List<Point<Plc4xTag>> points, Clock clock) {
    this.device = device;
    this.points = points;
    this.clock = clock;
  }

  int size() {
    return points.size();
  }

  /** Sets the measurements of the tags that a value contains. */
  void good(ReadItem item, RawValue whole, long nanos, Measurement[] results) {
    for (Part part : item.parts()) {
      results[part.tag()] = convert(points.get(part.tag()), part, whole, nanos);
    }
  }

  /** Sets the measurements of tags that could not be read. */
  void bad(ReadItem item, String status, Measurement[] results) {
    long now = clock.epochNanos();
    for (Part part : item.parts()) {
      results[part.tag()] = Measurement.bad(points.get(part.tag()), now, status);
    }
  }

  boolean allGood(Measurement[] results) {
    for (Measurement result : results) {
      if (result == null || result.quality() == Quality.BAD) {
        return false;
      }
    }
    return true;
  }

  void log(DriverException failure, int tagsAsked) {
    LOG.debug("A request of {} for {} tags failed", device.name(), tagsAsked, failure);
  }

  private Measurement convert(Point<Plc4xTag> point, Part part, RawValue whole, long nanos) {
    RawValue raw;
    try {
      raw = part.extract().apply(whole);
    } catch (RuntimeException e) {
      LOG.debug("{} cannot be taken from what was read", point, e);
      return Measurement.bad(point, nanos, "CONVERSION_FAILED");
    }
    return convert(point, raw, nanos);
  }

  /** The measurement of one value. */
  static Measurement convert(Point<Plc4xTag> point, RawValue raw, long nanos) {
    Tag<Plc4xTag> tag = point.tag();
    try {
      Optional<Value> value =
          IecValueConverter.convert(tag.address().address().type(), raw, tag.scaling());
      return value
          .map(known -> Measurement.good(point, nanos, known))
          .orElseGet(() -> Measurement.uncertain(point, nanos, "NO_VALUE"));
    } catch (RuntimeException e) {
      LOG.debug("A value of {} cannot be converted", point, e);
      return Measurement.bad(point, nanos, "CONVERSION_FAILED");
    }
  }
}
