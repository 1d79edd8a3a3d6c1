// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.modbus.address.ModbusTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fewest requests that read a list of tags. Immutable.
 *
 * <p>Within a table, tags are taken in order of their start address, and each joins the current
 * request if the limits allow. This is optimal: a request has to begin at the first unread tag, and
 * the first tag that no longer fits ends after all tags that fit, so no tag is left between two
 * requests.
 *
 * @param blocks the requests, those to the device's own unit first
 */
record ReadPlan(List<Block> blocks) {
  private static final Comparator<PlannedTag> BY_START =
      Comparator.comparingInt(PlannedTag::start).thenComparingInt(PlannedTag::end);

  /** Plans the tags that {@code refused} does not exclude. */
  static ReadPlan of(
      List<PlannedTag> tags,
      int ownUnit,
      BlockSettings settings,
      RefusedAddresses refused,
      QuantityLimits limits) {
    Map<UnitTable, List<PlannedTag>> unitTables =
        new TreeMap<>(
            Comparator.comparing((UnitTable unitTable) -> unitTable.unit() != ownUnit)
                .thenComparingInt(UnitTable::unit)
                .thenComparing(UnitTable::table));
    for (PlannedTag planned : tags) {
      if (!refused.isRefused(planned)) {
        unitTables
            .computeIfAbsent(planned.unitTable(), unitTable -> new ArrayList<>())
            .add(planned);
      }
    }
    List<Block> blocks = new ArrayList<>();
    for (Map.Entry<UnitTable, List<PlannedTag>> unitTable : unitTables.entrySet()) {
      List<PlannedTag> sorted = unitTable.getValue();
      sorted.sort(BY_START);
      int limit =
          limits.mostOf(unitTable.getKey(), settings.maxQuantity(unitTable.getKey().table()));
      plan(unitTable.getKey(), sorted, settings, limit, refused, blocks);
    }
    return new ReadPlan(List.copyOf(blocks));
  }

  private static void plan(
      UnitTable unitTable,
      List<PlannedTag> sorted,
      BlockSettings settings,
      int limit,
      RefusedAddresses refused,
      List<Block> blocks) {
    List<PlannedTag> members = new ArrayList<>();
    int start = 0;
    int end = 0;
    for (PlannedTag planned : sorted) {
      boolean joins =
          !members.isEmpty()
              && Math.max(end, planned.end()) - start <= limit
              && planned.start() - end <= settings.maxGap()
              && !refused.separates(unitTable, end, planned);
      if (!joins) {
        if (!members.isEmpty()) {
          blocks.add(Block.spanning(members, start));
          members.clear();
        }
        start = start(planned, settings, refused);
        end = planned.end();
      }
      members.add(planned);
      end = Math.max(end, planned.end());
    }
    if (!members.isEmpty()) {
      blocks.add(Block.spanning(members, start));
    }
  }

  /**
   * A request of these tags that is longer than the planned ones, but not longer than {@code most}.
   *
   * @return null when no tags make one
   */
  static Block trial(
      List<PlannedTag> tags,
      UnitTable unitTable,
      BlockSettings settings,
      int most,
      RefusedAddresses refused,
      QuantityLimits limits) {
    List<PlannedTag> sorted = new ArrayList<>();
    for (PlannedTag planned : tags) {
      if (planned.unitTable().equals(unitTable) && !refused.isRefused(planned)) {
        sorted.add(planned);
      }
    }
    sorted.sort(BY_START);
    List<Block> blocks = new ArrayList<>();
    plan(unitTable, sorted, settings, most, refused, blocks);
    for (Block block : blocks) {
      if (limits.isLongest(block) && block.quantity() <= most) {
        return block;
      }
    }
    return null;
  }

  /** The request that reads one tag alone. */
  static Block alone(PlannedTag planned, BlockSettings settings, RefusedAddresses refused) {
    return Block.spanning(List.of(planned), start(planned, settings, refused));
  }

  /** Where a request starts whose first tag is {@code planned}. */
  private static int start(PlannedTag planned, BlockSettings settings, RefusedAddresses refused) {
    boolean fromZero =
        settings.startCoilsAtZero()
            && planned.unitTable().table() == ModbusTable.COIL
            && planned.end() <= settings.maxBits()
            && !refused.refusedBetween(planned.unitTable(), 0, planned.start());
    return fromZero ? 0 : planned.start();
  }
}
