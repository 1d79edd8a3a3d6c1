// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The quality of each tag of a device's scans. Scans mostly repeat the tags and qualities of the
 * one before, and then share its map. For one thread.
 */
final class ScanQualities {
  private Tag<?>[] tags = new Tag<?>[0];
  private Quality[] qualities = new Quality[0];
  private Map<String, String> map = Map.of();

  /**
   * @param current the quality of each measurement, which may be worse than its own
   * @return quality by tag name, in the order of the scan; unmodifiable
   */
  Map<String, String> of(List<Measurement> scan, Quality[] current) {
    if (!hasTagsOf(scan) || !Arrays.equals(qualities, current)) {
      remember(scan, current);
    }
    return map;
  }

  private boolean hasTagsOf(List<Measurement> scan) {
    if (tags.length != scan.size()) {
      return false;
    }
    for (int i = 0; i < tags.length; i++) {
      if (!tags[i].equals(scan.get(i).tag())) {
        return false;
      }
    }
    return true;
  }

  private void remember(List<Measurement> scan, Quality[] current) {
    Tag<?>[] newTags = new Tag<?>[current.length];
    Map<String, String> newMap = new LinkedHashMap<>(current.length * 4 / 3 + 1);
    for (int i = 0; i < current.length; i++) {
      newTags[i] = scan.get(i).tag();
      newMap.put(newTags[i].name(), current[i].name());
    }
    tags = newTags;
    qualities = current.clone();
    map = Collections.unmodifiableMap(newMap);
  }
}
