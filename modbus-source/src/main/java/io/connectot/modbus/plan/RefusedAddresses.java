// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags that a device refused to read or does not answer, and the pairs of adjacent tags that it
 * only reads in separate requests. Both are left out of requests until their recheck. For one
 * thread at a time.
 */
final class RefusedAddresses {
  /** Refused tags in the order they are rechecked. */
  private final Map<PlannedTag, Refusal> refused = new LinkedHashMap<>();

  /** Tags that must start a request, each until its time, oldest first. */
  private final ArrayDeque<Split> splits = new ArrayDeque<>();

  private final Map<UnitTable, BitSet> refusedAddresses = new HashMap<>();
  private final long recheckNanos;

  /** Whether the current plan is out of date. */
  private boolean changed;

  private record Refusal(String status, long recheckTick) {}

  /** Tags that the device does not answer, in the order they are rechecked. */
  private final Map<PlannedTag, Refusal> silent = new LinkedHashMap<>();

  private record Split(PlannedTag planned, long untilTick) {}

  /**
   * @param recheckNanos the time until a refused tag is read again
   */
  RefusedAddresses(long recheckNanos) {
    this.recheckNanos = recheckNanos;
  }

  /** Records that the tag was refused when read alone. */
  void refuse(PlannedTag planned, String status, long tick) {
    // Removed first: the order of the map is that of the rechecks.
    changed |= refused.remove(planned) == null;
    refused.put(planned, new Refusal(status, tick + recheckNanos));
    addresses(planned.unitTable()).set(planned.start(), planned.end());
  }

  private BitSet addresses(UnitTable unitTable) {
    return refusedAddresses.computeIfAbsent(unitTable, key -> new BitSet());
  }

  /** Records that the tag is refused together with the tag before it but not alone. */
  void splitBefore(PlannedTag planned, long tick) {
    splits.add(new Split(planned, tick + recheckNanos));
    changed = true;
  }

  /** Records that the device does not answer requests for the tag. */
  void silent(PlannedTag planned, String status, long tick) {
    changed |= silent.remove(planned) == null;
    silent.put(planned, new Refusal(status, tick + recheckNanos));
    addresses(planned.unitTable()).set(planned.start(), planned.end());
  }

  /** Records that the device answers requests for these tags. */
  void answered(List<PlannedTag> answered) {
    if (silent.isEmpty()) {
      return;
    }
    for (PlannedTag planned : answered) {
      changed |= silent.remove(planned) != null;
    }
    if (changed) {
      findAddresses();
    }
  }

  boolean isRefused(PlannedTag planned) {
    return refused.containsKey(planned) || silent.containsKey(planned);
  }

  /** Whether a request that has read up to {@code end} must not include {@code planned}. */
  boolean separates(UnitTable unitTable, int end, PlannedTag planned) {
    for (Split split : splits) {
      if (split.planned().equals(planned)) {
        return true;
      }
    }
    return refusedBetween(unitTable, /* start= */ end, /* end= */ planned.start());
  }

  /** Whether a refused address lies in a range. */
  boolean refusedBetween(UnitTable unitTable, int start, int end) {
    BitSet addresses = refusedAddresses.get(unitTable);
    if (addresses == null || end <= start) {
      return false;
    }
    int first = addresses.nextSetBit(start);
    return first >= 0 && first < end;
  }

  /** The tags that are not read, refused or silent. */
  Collection<PlannedTag> refusedTags() {
    if (silent.isEmpty()) {
      return refused.keySet();
    }
    List<PlannedTag> all = new ArrayList<>(refused.keySet());
    all.addAll(silent.keySet());
    return all;
  }

  /** Why a refused tag was refused. */
  String statusOf(PlannedTag planned) {
    Refusal refusal = refused.get(planned);
    return (refusal == null ? silent.get(planned) : refusal).status();
  }

  /** The refused tag with the earliest due recheck; null when none is due. */
  PlannedTag due(long tick) {
    return due(refused, tick);
  }

  /** The silent tag with the earliest due recheck; null when none is due. */
  PlannedTag silentDue(long tick) {
    return due(silent, tick);
  }

  private static PlannedTag due(Map<PlannedTag, Refusal> tags, long tick) {
    Iterator<Map.Entry<PlannedTag, Refusal>> first = tags.entrySet().iterator();
    if (!first.hasNext()) {
      return null;
    }
    Map.Entry<PlannedTag, Refusal> entry = first.next();
    return entry.getValue().recheckTick() - tick <= 0 ? entry.getKey() : null;
  }

  /** Removes the oldest split once it is due; the next scan reads both tags in one request. */
  void forgetDueSplit(long tick) {
    if (!splits.isEmpty() && splits.peek().untilTick() - tick <= 0) {
      splits.remove();
      changed = true;
    }
  }

  /**
   * Forgets all refusals of a table. Called when one of its tags can be read again, because the
   * others may be readable too, e.g. after a new program was loaded into the device.
   */
  void forget(UnitTable unitTable) {
    refused.keySet().removeIf(planned -> planned.unitTable().equals(unitTable));
    silent.keySet().removeIf(planned -> planned.unitTable().equals(unitTable));
    splits.removeIf(split -> split.planned().unitTable().equals(unitTable));
    refusedAddresses.remove(unitTable);
    changed = true;
  }

  /** Forgets the refusals and splits recorded at that time or later. */
  void forgetSince(long tick) {
    long recheckTick = tick + recheckNanos;
    refused.values().removeIf(refusal -> refusal.recheckTick() - recheckTick >= 0);
    silent.values().removeIf(refusal -> refusal.recheckTick() - recheckTick >= 0);
    splits.removeIf(split -> split.untilTick() - recheckTick >= 0);
    changed = true;
    findAddresses();
  }

  private void findAddresses() {
    refusedAddresses.clear();
    for (PlannedTag planned : refusedTags()) {
      addresses(planned.unitTable()).set(planned.start(), planned.end());
    }
  }

  /** The plan is out of date for another reason. */
  void replan() {
    changed = true;
  }

  /** Whether anything changed since the last call. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }
}
