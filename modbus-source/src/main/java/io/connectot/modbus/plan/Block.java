// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import java.util.List;

/**
 * One request and the tags whose values its reply holds.
 *
 * @param start the first register or bit
 * @param quantity how many
 * @param items the tags, by start
 */
record Block(Area area, int start, int quantity, List<Item> items) {
  /**
   * The request that reads these tags.
   *
   * @param items of one area, sorted by start
   * @param start at most the first one's start
   */
  static Block spanning(List<Item> items, int start) {
    int end = 0;
    for (Item item : items) {
      end = Math.max(end, item.end());
    }
    return new Block(items.get(0).area(), start, end - start, List.copyOf(items));
  }

  /** The request that reads some of its tags, beginning at 0 where this one does. */
  Block part(int from, int to) {
    List<Item> some = items.subList(from, to);
    return spanning(some, start < items.get(0).start() ? start : some.get(0).start());
  }

  /** Where a tag's value begins in the data of the reply, as codecs count. */
  int offsetOf(Item item) {
    int distance = item.start() - start;
    return area.table().isRegister() ? 2 * distance : distance;
  }
}
