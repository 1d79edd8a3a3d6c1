// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.mapping.MappingSettings;
import io.connectot.core.mapping.RecordKey;
import io.connectot.core.mapping.RecordLayout;
import io.connectot.core.mapping.Template;
import io.connectot.core.model.ValueType;
import io.connectot.mqtt.source.subscription.TopicVariables;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagRegistryTest {
  private static TagRegistry registry(String topic) {
    return new TagRegistry(
        new MappingSettings(
            RecordLayout.MEASUREMENT,
            RecordKey.PATH,
            Template.compile(topic, TopicVocabulary.MEASUREMENT),
            "",
            "mqtt"),
        "tcp://broker:1883");
  }

  private static TopicVariables topic(String topic) {
    return new TopicVariables(topic, List.of(topic), List.of(), "s");
  }

  @Test
  void remembersTagsByNameTypeAndUnit() {
    TagRegistry.Entry device = registry("all").device(topic("a"), "d");
    assertThat(device.point("t", ValueType.INT64, null))
        .isSameAs(device.point("t", ValueType.INT64, null))
        .isNotSameAs(device.point("t", ValueType.FLOAT64, null))
        .isNotSameAs(device.point("t", ValueType.INT64, "bar"));
  }

  @Test
  void tellsTopicsApartWhereTheyDecide() {
    TagRegistry one = registry("${device}");
    assertThat(one.device(topic("a"), "d")).isSameAs(one.device(topic("b"), "d"));
    TagRegistry each = registry("${topic[0]}");
    assertThat(each.device(topic("a"), "d"))
        .isSameAs(each.device(topic("a"), "d"))
        .isNotSameAs(each.device(topic("b"), "d"));
    String longTopic = "x".repeat(1000);
    assertThat(each.device(topic(longTopic), "d")).isNotSameAs(each.device(topic(longTopic), "d"));
  }

  @Test
  void isBounded() {
    TagRegistry registry = registry("${device}");
    for (int i = 0; i < 3 * TagRegistry.MAX_TAGS; i++) {
      registry.device(topic("a"), "d" + i % 10).point("t" + i, ValueType.INT64, null);
      assertThat(registry.size() <= TagRegistry.MAX_TAGS + 2).isTrue();
    }
  }
}
