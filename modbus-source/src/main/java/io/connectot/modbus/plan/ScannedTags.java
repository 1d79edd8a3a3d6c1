// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tags of a scan and the registers that are read for them. Immutable. */
final class ScannedTags {
  private final int points;
  private final int results;
  private final List<PlannedTag> read;
  private final List<PlannedTag> absent;
  private final ScaleFactors scaleFactors;

  /**
   * @param models the addresses of the device's SunSpec models
   */
  ScannedTags(
      Device<ModbusDevice> device, List<Point<ModbusTag>> points, Map<Integer, Integer> models) {
    List<PlannedTag> all = new ArrayList<>(points.size());
    for (Point<ModbusTag> point : points) {
      all.add(PlannedTag.of(all.size(), point, device.settings().unit(), models));
    }
    this.points = all.size();
    this.scaleFactors = new ScaleFactors(device, List.copyOf(all), models);
    all.addAll(scaleFactors.planned());
    this.results = all.size();
    this.absent = all.stream().filter(planned -> planned.isAbsent(models)).toList();
    all.removeAll(absent);
    this.read = List.copyOf(all);
  }

  /** The tags and scale factors that are read. */
  List<PlannedTag> read() {
    return read;
  }

  /** The number of tags. */
  int points() {
    return points;
  }

  /** The number of tags and scale factors, absent ones included. */
  int results() {
    return results;
  }

  /** Completes the results of a scan. */
  void complete(ScanResults scan) {
    scan.badWhereMissing(absent, planned -> "NO_SUNSPEC_MODEL");
    scaleFactors.apply(scan);
  }
}
