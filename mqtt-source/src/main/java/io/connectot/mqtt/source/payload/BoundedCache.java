// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A least-recently-used cache. For one thread.
 *
 * @param <K> the key type
 * @param <V> the value type
 */
public final class BoundedCache<K, V> {
  private final Map<K, V> entries;

  /**
   * @param maxEntries maximum number of entries
   */
  public BoundedCache(int maxEntries) {
    this.entries = new Recent<>(maxEntries);
  }

  /** The cached value; null if absent. */
  public V get(K key) {
    return entries.get(key);
  }

  /** Caches a value, evicting the least recently used one. */
  public void put(K key, V value) {
    entries.put(key, value);
  }

  /** Number of entries. */
  public int size() {
    return entries.size();
  }

  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int maxEntries;

    Recent(int maxEntries) {
      super(16, 0.75f, true);
      this.maxEntries = maxEntries;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > maxEntries;
    }
  }
}
