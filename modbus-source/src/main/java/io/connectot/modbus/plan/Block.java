// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import java.util.List;

/**
 * One request and the tags whose values its response holds.
 *
 * @param start the first register or bit
 * @param quantity the number of registers or bits
 * @param tags the tags, by start
 */
record Block(UnitTable unitTable, int start, int quantity, List<PlannedTag> tags) {
  /**
   * The request that reads these tags.
   *
   * @param tags of one table of one unit, sorted by start
   * @param start at most the start of the first tag
   */
  static Block spanning(List<PlannedTag> tags, int start) {
    int end = 0;
    for (PlannedTag planned : tags) {
      end = Math.max(end, planned.end());
    }
    return new Block(tags.get(0).unitTable(), start, end - start, List.copyOf(tags));
  }

  /** The request that reads some of its tags, starting at 0 if this request does. */
  Block part(int from, int to) {
    List<PlannedTag> some = tags.subList(from, to);
    return spanning(some, start < tags.get(0).start() ? start : some.get(0).start());
  }

  /** Whether an address before this tag belongs to a tag too, or the tag is the first. */
  boolean isWithoutHoleBefore(PlannedTag planned) {
    int end = start;
    for (PlannedTag before : tags) {
      if (before.equals(planned)) {
        break;
      }
      end = Math.max(end, before.end());
    }
    return planned.start() <= end;
  }

  /** The start of a tag's value in the data of the response, in the unit of codecs. */
  int offsetOf(PlannedTag planned) {
    int distance = planned.start() - start;
    return unitTable.table().isRegister() ? 2 * distance : distance;
  }
}
