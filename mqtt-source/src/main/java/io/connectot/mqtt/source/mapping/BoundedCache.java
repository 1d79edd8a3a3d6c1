// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the entries that were used last. For one thread.
 *
 * @param <V> what is kept
 */
final class BoundedCache<V> extends LinkedHashMap<String, V> {
  private static final long serialVersionUID = 1L;

  private final int maxEntries;

  BoundedCache(int maxEntries) {
    super(16, 0.75f, true);
    this.maxEntries = maxEntries;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
    return size() > maxEntries;
  }
}
