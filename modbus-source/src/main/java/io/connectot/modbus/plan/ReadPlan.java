// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.modbus.address.Table;
import io.connectot.modbus.config.BlockSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fewest requests that read a list of tags. Immutable.
 *
 * <p>Within a table tags are taken by their start, and each joins the request under way when the
 * limits allow. That is optimal: a request has to begin at the first tag not read yet, and the tag
 * that does not fit any more reaches further than all that fit, so that the next request, which
 * begins with it, gets every tag that might have been skipped to.
 *
 * @param blocks the requests, those to the device's own unit first
 */
record ReadPlan(List<Block> blocks) {
  private static final Comparator<Item> BY_START =
      Comparator.comparingInt(Item::start).thenComparingInt(Item::end);

  /** Plans the tags that {@code memory} does not exclude. */
  static ReadPlan of(List<Item> items, int ownUnit, BlockSettings settings, RefusalMemory memory) {
    Map<Area, List<Item>> areas =
        new TreeMap<>(
            Comparator.comparing((Area area) -> area.unit() != ownUnit)
                .thenComparingInt(Area::unit)
                .thenComparing(Area::table));
    for (Item item : items) {
      if (!memory.isRefused(item)) {
        areas.computeIfAbsent(item.area(), area -> new ArrayList<>()).add(item);
      }
    }
    List<Block> blocks = new ArrayList<>();
    for (Map.Entry<Area, List<Item>> area : areas.entrySet()) {
      List<Item> sorted = area.getValue();
      sorted.sort(BY_START);
      plan(area.getKey(), sorted, settings, memory, blocks);
    }
    return new ReadPlan(List.copyOf(blocks));
  }

  private static void plan(
      Area area,
      List<Item> sorted,
      BlockSettings settings,
      RefusalMemory memory,
      List<Block> blocks) {
    int limit = settings.maxQuantity(area.table());
    List<Item> members = new ArrayList<>();
    int start = 0;
    int end = 0;
    for (Item item : sorted) {
      boolean joins =
          !members.isEmpty()
              && Math.max(end, item.end()) - start <= limit
              && item.start() - end <= settings.maxGap()
              && !memory.separates(area, end, item);
      if (!joins) {
        if (!members.isEmpty()) {
          blocks.add(Block.spanning(members, start));
          members.clear();
        }
        start = start(item, settings, memory);
        end = item.end();
      }
      members.add(item);
      end = Math.max(end, item.end());
    }
    blocks.add(Block.spanning(members, start));
  }

  /** The request that reads one tag alone. */
  static Block alone(Item item, BlockSettings settings, RefusalMemory memory) {
    return Block.spanning(List.of(item), start(item, settings, memory));
  }

  /** Where a request begins whose first tag is {@code item}. */
  private static int start(Item item, BlockSettings settings, RefusalMemory memory) {
    boolean fromZero =
        settings.startCoilsAtZero()
            && item.area().table() == Table.COIL
            && item.end() <= settings.maxBits()
            && !memory.refusedBetween(item.area(), 0, item.start());
    return fromZero ? 0 : item.start();
  }
}
