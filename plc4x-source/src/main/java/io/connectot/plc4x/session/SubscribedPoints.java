// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.plc4x.adapter.DriverConnection.BrowsedTag;
import io.connectot.plc4x.value.PlcType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The points that sessions subscribe to, kept from one session to the next so that reported values
 * are compared across reconnections and nothing grows with them. Thread-safe.
 */
public final class SubscribedPoints {
  private final BrowseSettings browsing;

  /** By device name. */
  private final Map<String, List<Point<Plc4xTag>>> configured = new ConcurrentHashMap<>();

  /** By device name; those of the last browse. */
  private final Map<String, Map<BrowsedKey, Point<Plc4xTag>>> browsed = new ConcurrentHashMap<>();

  /** What makes a browsed tag the same tag. */
  private record BrowsedKey(String name, String address, PlcType type, boolean array) {
    static BrowsedKey of(BrowsedTag tag) {
      return new BrowsedKey(
          tag.name(), tag.address().text(), tag.address().type(), tag.address().array());
    }
  }

  public SubscribedPoints(BrowseSettings browsing) {
    this.browsing = browsing;
  }

  /** What to browse for; empty for nothing. */
  Optional<String> query() {
    return browsing.query();
  }

  /**
   * The points of a device.
   *
   * @param tags the configured tags
   * @param found the tags found by browsing; those with the name or address of a configured tag or
   *     of a tag before them are skipped
   */
  List<Point<Plc4xTag>> of(Device<?> device, List<Tag<Plc4xTag>> tags, List<BrowsedTag> found) {
    List<Point<Plc4xTag>> points =
        new ArrayList<>(
            configured.computeIfAbsent(
                device.name(),
                name -> tags.stream().map(tag -> new Point<>(device, tag)).toList()));
    Set<String> names = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    for (Tag<Plc4xTag> tag : tags) {
      names.add(tag.name());
      addresses.add(tag.address().address().text());
    }
    Map<BrowsedKey, Point<Plc4xTag>> before = browsed.getOrDefault(device.name(), Map.of());
    Map<BrowsedKey, Point<Plc4xTag>> now = new HashMap<>();
    for (BrowsedTag tag : found) {
      if (addresses.add(tag.address().text()) && names.add(tag.name())) {
        BrowsedKey key = BrowsedKey.of(tag);
        Point<Plc4xTag> known = before.get(key);
        Point<Plc4xTag> point = known == null ? new Point<>(device, tag(tag)) : known;
        now.put(key, point);
        points.add(point);
      }
    }
    browsed.put(device.name(), now);
    return points;
  }

  private Tag<Plc4xTag> tag(BrowsedTag found) {
    Plc4xTag address = new Plc4xTag(found.address(), browsing.subscription());
    return new Tag<>(
        found.name(),
        address,
        address.valueType(),
        Optional.empty(),
        browsing.interval(),
        ReportPolicy.ALL,
        Scaling.NONE,
        Map.of());
  }
}
