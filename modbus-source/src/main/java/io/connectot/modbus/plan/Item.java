// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.modbus.config.ModbusTag;

/**
 * One tag of a scan.
 *
 * @param index its place in the list of points
 * @param area the table of the unit it lies in
 * @param start its first register or bit
 * @param end the one after its last
 */
record Item(int index, Point<ModbusTag> point, Area area, int start, int end) {
  /** What is read. */
  Tag<ModbusTag> tag() {
    return point.tag();
  }

  static Item of(int index, Point<ModbusTag> point, int deviceUnit) {
    ModbusTag address = point.tag().address();
    int start = address.address().address();
    Area area = new Area(address.unit().orElse(deviceUnit), address.address().table());
    return new Item(index, point, area, start, start + address.codec().quantity());
  }
}
