// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.util.LinkedHashMap;
import java.util.Map;

/** Settings of a measured connector that are independent of its protocol. */
public enum ConnectorTuning {
  /** Kafka's converters and the defaults of the worker's producer. */
  NONE("") {
    @Override
    public Map<String, String> settings() {
      return Map.of();
    }
  },

  /** The converters of the plugin. */
  CONVERTERS(", own converters") {
    @Override
    public Map<String, String> settings() {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("value.converter", "io.connectot.converters.JsonConverter");
      settings.put("value.converter.schemas.enable", "false");
      settings.put("header.converter", "io.connectot.converters.HeaderConverter");
      return settings;
    }
  },

  /** The settings that docs/performance.md recommends. */
  RECOMMENDED(", recommended settings") {
    @Override
    public Map<String, String> settings() {
      Map<String, String> settings = new LinkedHashMap<>(CONVERTERS.settings());
      settings.put("producer.override.batch.size", "262144");
      settings.put("producer.override.linger.ms", "20");
      settings.put("producer.override.compression.type", "lz4");
      return settings;
    }
  };

  private static final String PRODUCER = "producer.override.";

  private final String title;

  ConnectorTuning(String title) {
    this.title = title;
  }

  /** The end of a contender's title. */
  public String title() {
    return title;
  }

  /** The settings of the producer alone, for a program without a worker. */
  public Map<String, String> producer() {
    Map<String, String> producer = new LinkedHashMap<>();
    settings()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PRODUCER)) {
                producer.put(key.substring(PRODUCER.length()), value);
              }
            });
    return producer;
  }

  /** Keys of the connector's configuration. */
  public abstract Map<String, String> settings();
}
