// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.record.JsonText;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The qualities of the tags of a device's scans. Scans mostly repeat the tags and qualities of the
 * one before, and then share its text. For one thread.
 */
final class ScanQualities {
  private Tag<?>[] tags = new Tag<?>[0];
  private Quality[] qualities = new Quality[0];
  private Quality worst = Quality.GOOD;
  private String notGood;

  /**
   * Takes a scan.
   *
   * @param current the quality of each measurement, which may be worse than its own
   */
  void update(List<Measurement> scan, Quality[] current) {
    if (!hasTagsOf(scan) || !Arrays.equals(qualities, current)) {
      remember(scan, current);
    }
  }

  /** The worst quality of the scan. */
  Quality worst() {
    return worst;
  }

  /** The tags that are not GOOD, as a JSON object of their qualities; null if there are none. */
  String notGood() {
    return notGood;
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
    Map<String, String> others = new LinkedHashMap<>();
    Quality newWorst = Quality.GOOD;
    for (int i = 0; i < current.length; i++) {
      newTags[i] = scan.get(i).tag();
      if (current[i] != Quality.GOOD) {
        others.put(newTags[i].name(), current[i].name());
      }
      if (current[i].compareTo(newWorst) > 0) {
        newWorst = current[i];
      }
    }
    tags = newTags;
    qualities = current.clone();
    worst = newWorst;
    notGood = others.isEmpty() ? null : JsonText.object(others);
  }
}
