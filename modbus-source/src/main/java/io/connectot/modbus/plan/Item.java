// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.model.Tag;
import io.connectot.modbus.config.ModbusTag;

/**
 * One tag of a scan.
 *
 * @param index its place in the list of tags
 * @param area the table of the unit it lies in
 * @param start its first register or bit
 * @param end the one after its last
 */
record Item(int index, Tag<ModbusTag> tag, Area area, int start, int end) {
  static Item of(int index, Tag<ModbusTag> tag, int deviceUnit) {
    ModbusTag address = tag.address();
    int start = address.address().address();
    Area area = new Area(address.unit().orElse(deviceUnit), address.address().table());
    return new Item(index, tag, area, start, start + address.codec().quantity());
  }
}
