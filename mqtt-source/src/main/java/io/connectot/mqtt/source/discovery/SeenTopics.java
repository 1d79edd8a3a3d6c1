// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.discovery;

import io.connectot.core.model.Quality;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.mqtt.source.subscription.SubscriptionConfig;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The topics that messages came on. For one thread. */
final class SeenTopics {
  private static final int MAX_TOPICS = 2000;

  private final Proposals proposals;
  private final DiscoveryRun run;

  /** The proposed format of each topic. */
  private final Map<String, String> formats = new LinkedHashMap<>();

  SeenTopics(Proposals proposals, DiscoveryRun run) {
    this.proposals = proposals;
    this.run = run;
  }

  /**
   * Adds a candidate for the first message of a topic.
   *
   * @return whether more topics are wanted
   */
  boolean add(InboundMessage message) {
    if (formats.containsKey(message.topic())) {
      return true;
    }
    List<TagReading> readings = proposals.of(message.topic(), message.payload());
    formats.put(message.topic(), readings.get(0).label());
    return run.add(new Candidate(SubscriptionConfig.PREFIX, message.topic(), "", readings))
        && formats.size() < MAX_TOPICS;
  }

  /** Adds a candidate for each group of topics that differ in some levels only. */
  void addCommonFilters() {
    Map<String, List<String[]>> groups = new LinkedHashMap<>();
    formats.forEach(
        (topic, format) -> {
          String[] levels = topic.split("/", -1);
          groups
              .computeIfAbsent(
                  levels.length + " " + levels[0] + " " + format, k -> new ArrayList<>())
              .add(levels);
        });
    groups.forEach(
        (key, topics) -> {
          if (topics.size() > 1 && !run.isCancelled()) {
            run.add(common(topics, key.substring(key.lastIndexOf(' ') + 1)));
          }
        });
  }

  private static Candidate common(List<String[]> topics, String format) {
    String[] levels = topics.get(0).clone();
    for (String[] topic : topics) {
      for (int i = 0; i < levels.length; i++) {
        if (!levels[i].equals(topic[i])) {
          levels[i] = "+";
        }
      }
    }
    TagReading reading =
        new TagReading(
            format,
            String.join("/", levels),
            "",
            Map.of("format", format),
            topics.size() + " topics",
            Quality.GOOD,
            null);
    return new Candidate(
        SubscriptionConfig.PREFIX, "all " + levels[0] + " " + format, "", List.of(reading));
  }
}
