// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a device refused to read, so that it is not asked again before long: tags, and pairs of
 * neighbours that only go in separate requests. For one thread at a time.
 */
final class RefusalMemory {
  /** Refused tags in the order they are rechecked. */
  private final Map<Item, Refusal> refused = new LinkedHashMap<>();

  /** Tags that begin a request, with the time until which they do, in the order of their time. */
  private final ArrayDeque<Cut> cuts = new ArrayDeque<>();

  private final Map<Area, BitSet> refusedAddresses = new HashMap<>();
  private final long recheckNanos;

  /** Whether plans made before now are out of date. */
  private boolean changed;

  private record Refusal(String status, long recheckTick) {}

  private record Cut(Item item, long untilTick) {}

  /**
   * @param recheckNanos how long a refusal is remembered
   */
  RefusalMemory(long recheckNanos) {
    this.recheckNanos = recheckNanos;
  }

  /** The tag was refused although it was asked for alone. */
  void refuse(Item item, String status, long tick) {
    // Removed first: the order of the map is that of the rechecks.
    changed |= refused.remove(item) == null;
    refused.put(item, new Refusal(status, tick + recheckNanos));
    refusedAddresses
        .computeIfAbsent(item.area(), area -> new BitSet())
        .set(item.start(), item.end());
  }

  /** The tag is refused in one request with the tag before it, though both are read separately. */
  void cutBefore(Item item, long tick) {
    cuts.add(new Cut(item, tick + recheckNanos));
    changed = true;
  }

  boolean isRefused(Item item) {
    return refused.containsKey(item);
  }

  /** Whether a request that has read up to {@code end} must not go on to {@code item}. */
  boolean separates(Area area, int end, Item item) {
    for (Cut cut : cuts) {
      if (cut.item().equals(item)) {
        return true;
      }
    }
    return refusedBetween(area, /* start= */ end, /* end= */ item.start());
  }

  /** Whether a refused address lies in a span. */
  boolean refusedBetween(Area area, int start, int end) {
    BitSet addresses = refusedAddresses.get(area);
    if (addresses == null || end <= start) {
      return false;
    }
    int first = addresses.nextSetBit(start);
    return first >= 0 && first < end;
  }

  /** The refused tags. */
  Collection<Item> refusedItems() {
    return refused.keySet();
  }

  /** Why a refused tag was refused. */
  String statusOf(Item item) {
    return refused.get(item).status();
  }

  /** The refused tag whose time for a recheck has come first; null when there is none. */
  Item due(long tick) {
    Iterator<Map.Entry<Item, Refusal>> first = refused.entrySet().iterator();
    if (!first.hasNext()) {
      return null;
    }
    Map.Entry<Item, Refusal> entry = first.next();
    return entry.getValue().recheckTick() - tick <= 0 ? entry.getKey() : null;
  }

  /** Forgets the oldest separation when its time is over: the next scan tries without. */
  void forgetDueCut(long tick) {
    if (!cuts.isEmpty() && cuts.peek().untilTick() - tick <= 0) {
      cuts.remove();
      changed = true;
    }
  }

  /**
   * Forgets everything about a table: one tag of it is read again, so what was true of the others
   * may not be any more, as after a new program was loaded into the device.
   */
  void forget(Area area) {
    refused.keySet().removeIf(item -> item.area().equals(area));
    cuts.removeIf(cut -> cut.item().area().equals(area));
    refusedAddresses.remove(area);
    changed = true;
  }

  /** Whether anything changed since the last call. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }
}
