// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.model.Tag;
import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.merge.MergedRead;
import io.connectot.plc4x.merge.MergedRead.Part;
import io.connectot.plc4x.merge.ReadPlanner;
import io.connectot.plc4x.merge.ReadPlanners;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans the reads of a list of tags. */
public final class ReadItemPlanner {
  private final DriverRegistry drivers;
  private final String driver;
  private final ReadPlanner planner;

  /**
   * @param driver the code of the driver
   * @param maxGapBytes the most unused bytes between two tags of one read of S7 memory
   */
  public ReadItemPlanner(DriverRegistry drivers, String driver, int maxGapBytes) {
    this.drivers = drivers;
    this.driver = driver;
    this.planner = ReadPlanners.of(driver, maxGapBytes);
  }

  /** Plans the reads; tags with the same address share one, as some drivers reject duplicates. */
  List<ReadItem> of(List<Tag<Plc4xTag>> tags) {
    List<String> addresses = new ArrayList<>(tags.size());
    tags.forEach(tag -> addresses.add(tag.address().address().text()));
    Map<String, ReadItem> items = new LinkedHashMap<>();
    for (MergedRead read : planner.plan(addresses)) {
      ReadItem item = item(read, tags);
      items.merge(item.address().text(), item, ReadItemPlanner::together);
    }
    return List.copyOf(items.values());
  }

  private ReadItem item(MergedRead read, List<Tag<Plc4xTag>> tags) {
    if (read.isSingle()) {
      return new ReadItem(address(read, tags), read.parts(), List.of());
    }
    List<ReadItem> singles = new ArrayList<>(read.parts().size());
    for (Part part : read.parts()) {
      singles.add(single(part.tag(), tags));
    }
    return new ReadItem(address(read, tags), read.parts(), singles);
  }

  /** Planned as well, so that a value does not depend on the tags it is read with. */
  private ReadItem single(int tag, List<Tag<Plc4xTag>> tags) {
    MergedRead alone = planner.plan(List.of(tags.get(tag).address().address().text())).get(0);
    Part part = new Part(tag, alone.parts().get(0).extract());
    MergedRead read = new MergedRead(alone.address(), List.of(part));
    return new ReadItem(address(read, tags), read.parts(), List.of());
  }

  private PlcAddress address(MergedRead read, List<Tag<Plc4xTag>> tags) {
    PlcAddress own = tags.get(read.parts().get(0).tag()).address().address();
    if (own.text().equals(read.address())) {
      return own;
    }
    try {
      return drivers.parse(driver, read.address());
    } catch (LineException e) {
      throw new IllegalStateException("a planned address is none: " + e.getMessage(), e);
    }
  }

  private static ReadItem together(ReadItem one, ReadItem other) {
    List<Part> parts = new ArrayList<>(one.parts());
    parts.addAll(other.parts());
    List<ReadItem> singles = new ArrayList<>(one.singles());
    singles.addAll(other.singles());
    return new ReadItem(one.address(), parts, singles);
  }
}
