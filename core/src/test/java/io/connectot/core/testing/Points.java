// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.testing;

import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The points of devices and tags, for tests that create measurements. */
public final class Points {
  private static final IdentityHashMap<Tag<?>, Map<Device<?>, Point<?>>> POINTS =
      new IdentityHashMap<>();
  private static final IdentityHashMap<List<?>, Map<Device<?>, List<?>>> LISTS =
      new IdentityHashMap<>();

  private Points() {}

  /** The point; always the same instance. */
  @SuppressWarnings("unchecked")
  public static synchronized <A> Point<A> of(Device<?> device, Tag<A> tag) {
    return (Point<A>)
        POINTS
            .computeIfAbsent(tag, unused -> new HashMap<>())
            .computeIfAbsent(device, unused -> new Point<>(device, tag));
  }

  /** The points of tags; always the same instance for the same instance of a list. */
  @SuppressWarnings("unchecked")
  public static synchronized <A> List<Point<A>> of(Device<?> device, List<Tag<A>> tags) {
    return (List<Point<A>>)
        LISTS
            .computeIfAbsent(tags, unused -> new HashMap<>())
            .computeIfAbsent(device, unused -> tags.stream().map(tag -> of(device, tag)).toList());
  }
}
