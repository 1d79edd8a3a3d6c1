// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** What a worker remembers from one run of a task to the next. Thread-safe. */
public final class OffsetStore implements OffsetStorageReader {
  private final Map<Map<String, ?>, Map<String, Object>> offsets = new ConcurrentHashMap<>();

  /**
   * @param partition null when the record has none
   * @param offset null when the record has none
   */
  public void store(Map<String, ?> partition, Map<String, ?> offset) {
    if (partition != null && offset != null) {
      offsets.put(partition, new HashMap<>(offset));
    }
  }

  /** The offsets by their partitions; changes with this. */
  public Map<Map<String, ?>, Map<String, Object>> all() {
    return offsets;
  }

  /** The context of a task that is given {@code props}, on a worker without metrics for plugins. */
  public SourceTaskContext context(Map<String, String> props) {
    return new SourceTaskContext() {
      @Override
      public Map<String, String> configs() {
        return props;
      }

      @Override
      public OffsetStorageReader offsetStorageReader() {
        return OffsetStore.this;
      }

      @Override
      public PluginMetrics pluginMetrics() {
        throw new NoSuchMethodError("as on a worker before Kafka 4.1");
      }
    };
  }

  @Override
  public <T> Map<String, Object> offset(Map<String, T> partition) {
    return offsets.get(partition);
  }

  @Override
  public <T> Map<Map<String, T>, Map<String, Object>> offsets(
      Collection<Map<String, T>> partitions) {
    Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
    for (Map<String, T> partition : partitions) {
      found.put(partition, offset(partition));
    }
    return found;
  }
}
