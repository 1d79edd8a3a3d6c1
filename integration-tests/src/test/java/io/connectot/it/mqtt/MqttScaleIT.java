// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.CountingPublisher;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The number of tasks and the filters change while messages arrive; nothing is lost. The number of
 * duplicates is not limited, because a task keeps a filter until another task receives its
 * messages.
 */
@Tag("full")
@ExtendWith(SharedSite.class)
class MqttScaleIT {
  private static final int PUBLISHERS = 4;
  private static final int EACH = 3_000;
  private static final int PER_SECOND = 800;

  private final Site site;

  MqttScaleIT(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"split", "shared"})
  void tasksAndFiltersChange(String scale) {
    try (MqttBroker broker = MosquittoBroker.with(100);
        CountedSource source = new CountedSource(site, broker, 5, PUBLISHERS, EACH)) {
      source.config().put("mqtt.scale", scale);
      source.create(1);
      try (CountingPublisher publisher = source.publish(PER_SECOND)) {
        source.tally().awaitDistinct(1_500, CountedSource.LIMIT);
        source.config().put("tasks.max", "4");
        source.configure();
        site.awaitRunning(source.name(), 4);
        source.tally().awaitDistinct(4_500, CountedSource.LIMIT);
        source.config().put("tasks.max", "2");
        source.configure();
        site.awaitRunning(source.name(), 2);
        source.tally().awaitDistinct(7_500, CountedSource.LIMIT);
        // The same topics with a different filter, and one topic with two filters.
        source.config().put("subscriptions.s1", source.topic(1) + "/# qos=1 format=bytes");
        source.config().remove("subscriptions.s2");
        source.config().put("subscriptions.other", source.topic(2) + " qos=1 format=bytes");
        source.configure();
        source.awaitNothingLost(publisher, scale + ", 1, 4, and 2 tasks");
      }
    }
  }
}
