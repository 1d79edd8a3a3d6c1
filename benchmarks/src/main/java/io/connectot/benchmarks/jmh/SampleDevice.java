// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.jmh;

import io.connectot.core.mapping.DeviceMapper;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A device with 50 tags, half of them of each floating-point type. */
final class SampleDevice {
  static final int TAGS = 50;
  static final Device<String> DEVICE = device(1);

  private static final long NANOS = 1_700_000_000_123_456_789L;

  private SampleDevice() {}

  static Device<String> device(int number) {
    return new Device<>("device" + number, "tcp://127.0.0.1:" + (502 + number), "", Map.of());
  }

  static List<Point<String>> points(ReportPolicy report) {
    return points(DEVICE, report);
  }

  static List<Point<String>> points(Device<String> device, ReportPolicy report) {
    List<Point<String>> points = new ArrayList<>();
    for (int i = 0; i < TAGS; i++) {
      points.add(
          new Point<>(
              device,
              new Tag<>(
                  "tag" + i,
                  "",
                  i < TAGS / 2 ? ValueType.FLOAT32 : ValueType.FLOAT64,
                  Optional.empty(),
                  Duration.ofSeconds(1),
                  report,
                  Scaling.NONE,
                  Map.of())));
    }
    return points;
  }

  /** The values of a scan; a different {@code step} changes all of them. */
  static List<Measurement> scan(List<Point<String>> points, int step) {
    List<Measurement> scan = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      scan.add(Measurement.good(points.get(i), NANOS, new DoubleValue(20f + 0.125f * (i + step))));
    }
    return scan;
  }

  static DeviceMapper mapper(RecordLayout layout, List<Point<String>> points) {
    return mapper(layout, DEVICE, points);
  }

  static DeviceMapper mapper(
      RecordLayout layout, Device<String> device, List<Point<String>> points) {
    MappingSettings settings =
        new MappingSettings(
            layout,
            RecordKey.PATH,
            NameTemplate.compile("plant.${device}", Vocabulary.MEASUREMENT),
            new RecordOrigin("acme/munich", "modbus", "line1"),
            RecordForm.DEFAULT);
    return RecordMapper.of(settings, points.stream().map(Point::tag).toList()).forDevice(device);
  }
}
