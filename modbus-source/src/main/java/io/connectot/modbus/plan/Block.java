// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import java.util.List;

/**
 * One request and the tags whose values its response holds.
 *
 * @param start the first register or bit
 * @param quantity how many
 * @param tags the tags, by start
 */
record Block(UnitTable unitTable, int start, int quantity, List<PlannedTag> tags) {
  /**
   * The request that reads these tags.
   *
   * @param tags of one table of one unit, sorted by start
   * @param start at most the first one's start
   */
  static Block spanning(List<PlannedTag> tags, int start) {
    int end = 0;
    for (PlannedTag planned : tags) {
      end = Math.max(end, planned.end());
    }
    return new Block(tags.get(0).unitTable(), start, end - start, List.copyOf(tags));
  }

  /** The request that reads some of its tags, beginning at 0 where this one does. */
  Block part(int from, int to) {
    List<PlannedTag> some = tags.subList(from, to);
    return spanning(some, start < tags.get(0).start() ? start : some.get(0).start());
  }

  /** Where a tag's value begins in the data of the response, as codecs count. */
  int offsetOf(PlannedTag planned) {
    int distance = planned.start() - start;
    return unitTable.table().isRegister() ? 2 * distance : distance;
  }
}
