// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

import io.connectot.plc4x.merge.MergedRead.Part;
import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads the memory of an S7 controller as bytes and extracts values from them.
 *
 * <p>Within an area, tags are taken in order of their start, and each joins the current read if the
 * limits allow. This is optimal: a read has to begin at the first unread tag, and the first tag
 * that no longer fits ends after all tags that fit. Tags may overlap.
 *
 * <p>Addresses without a location or size in memory (timers, counters, strings without a length)
 * are read by the driver.
 *
 * @param maxGap the most unused bytes between two tags of one read
 * @param maxBytes the most bytes in a read, unless a single tag has more. A read that fits one
 *     packet is consistent; the driver splits longer reads at any byte.
 */
record S7ReadPlanner(int maxGap, int maxBytes) implements ReadPlanner {
  /**
   * The payload of the smallest negotiated packet: 240 bytes, of which 18 are the headers of the
   * response and of its only item. Larger packets carry several reads.
   */
  static final int FITS_EVERY_PACKET = 222;

  private static final Comparator<Item> BY_START =
      Comparator.comparingInt((Item item) -> item.address().start())
          .thenComparingInt(item -> item.address().end());

  /** One tag and its location. */
  private record Item(int tag, S7Address address) {}

  @Override
  public List<MergedRead> plan(List<String> addresses) {
    List<MergedRead> reads = new ArrayList<>();
    Map<S7Area, List<Item>> areas = new LinkedHashMap<>();
    for (int tag = 0; tag < addresses.size(); tag++) {
      Optional<S7Address> address = S7Address.parse(addresses.get(tag));
      if (address.isPresent()) {
        areas
            .computeIfAbsent(address.get().area(), area -> new ArrayList<>())
            .add(new Item(tag, address.get()));
      } else {
        reads.add(MergedRead.single(tag, addresses.get(tag)));
      }
    }
    for (Map.Entry<S7Area, List<Item>> area : areas.entrySet()) {
      List<Item> items = area.getValue();
      items.sort(BY_START);
      plan(area.getKey(), items, reads);
    }
    return reads;
  }

  private void plan(S7Area area, List<Item> sorted, List<MergedRead> reads) {
    int from = 0;
    int start = sorted.get(0).address().start();
    int end = start;
    for (int i = 0; i < sorted.size(); i++) {
      S7Address address = sorted.get(i).address();
      boolean near = address.start() - end <= maxGap;
      boolean fits = Math.max(end, address.end()) - start <= maxBytes;
      if (i > from && !(near && fits)) {
        reads.add(read(area, sorted.subList(from, i), start, end));
        from = i;
        start = address.start();
        end = start;
      }
      end = Math.max(end, address.end());
    }
    reads.add(read(area, sorted.subList(from, sorted.size()), start, end));
  }

  private static MergedRead read(S7Area area, List<Item> items, int start, int end) {
    List<Part> parts = new ArrayList<>(items.size());
    for (Item item : items) {
      parts.add(new Part(item.tag(), extract(item.address(), start, end)));
    }
    return new MergedRead(area.bytes(start, end - start), parts);
  }

  private static UnaryOperator<RawValue> extract(S7Address address, int start, int end) {
    int length = end - start;
    return whole -> {
      byte[] memory = bytes(whole);
      return memory.length < length
          ? new RawValue(PlcType.UNKNOWN, null)
          : S7Decoder.decode(address, memory, start);
    };
  }

  /** The driver returns a single byte as a number. */
  private static byte[] bytes(RawValue whole) {
    if (whole.object() instanceof byte[] bytes) {
      return bytes;
    }
    return whole.object() instanceof Number number ? new byte[] {number.byteValue()} : new byte[0];
  }
}
