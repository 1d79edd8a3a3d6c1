// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the entries that were used last. For one thread.
 *
 * @param <K> with the equality of a value
 * @param <V> what is kept
 */
public final class BoundedCache<K, V> {
  private final Map<K, V> entries;

  /**
   * @param maxEntries how many are kept
   */
  public BoundedCache(int maxEntries) {
    this.entries = new Recent<>(maxEntries);
  }

  /** What is kept for a key; null for nothing. */
  public V get(K key) {
    return entries.get(key);
  }

  /** Keeps a value, instead of the one that was not used for the longest time. */
  public void put(K key, V value) {
    entries.put(key, value);
  }

  /** How many entries there are. */
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
