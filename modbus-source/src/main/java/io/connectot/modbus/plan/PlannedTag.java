// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.modbus.config.ModbusTag;
import java.util.List;
import java.util.Map;

/**
 * One tag of a scan.
 *
 * @param index its index in the list of points
 * @param unitTable the table and unit of its address
 * @param start its first register or bit
 * @param end the register or bit after its last
 */
record PlannedTag(int index, Point<ModbusTag> point, UnitTable unitTable, int start, int end) {
  /** The tag that is read. */
  Tag<ModbusTag> tag() {
    return point.tag();
  }

  /**
   * Plans a tag.
   *
   * @param models the addresses of the device's SunSpec models
   */
  static PlannedTag of(
      int index, Point<ModbusTag> point, int deviceUnit, Map<Integer, Integer> models) {
    ModbusTag address = point.tag().address();
    int start = address.address().address();
    for (int model : address.models()) {
      if (models.containsKey(model)) {
        start += models.get(model);
        break;
      }
    }
    UnitTable unitTable =
        new UnitTable(address.unit().orElse(deviceUnit), address.address().table());
    return new PlannedTag(index, point, unitTable, start, start + address.codec().quantity());
  }

  /** Whether it belongs to a SunSpec model that the device does not have. */
  boolean isAbsent(Map<Integer, Integer> models) {
    List<Integer> own = tag().address().models();
    return !own.isEmpty() && own.stream().noneMatch(models::containsKey);
  }
}
