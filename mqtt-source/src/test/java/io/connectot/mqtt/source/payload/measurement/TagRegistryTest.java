// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ValueType;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.subscription.LevelSeparator;
import io.connectot.mqtt.source.subscription.TopicVariables;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagRegistryTest {
  private static TagRegistry registry(String topic) {
    return new TagRegistry(
        new MappingSettings(
            RecordLayout.MEASUREMENT,
            RecordKey.PATH,
            NameTemplate.compile(topic, TopicVocabulary.MEASUREMENT),
            new RecordOrigin("", "mqtt", "c"),
            RecordForm.DEFAULT),
        ReportPolicy.ALL,
        new LevelSeparator("_"),
        "tcp://broker:1883");
  }

  private static TopicVariables topic(String topic) {
    return new TopicVariables(topic, List.of(topic), List.of(), "s");
  }

  @Test
  void remembersTagsByNameTypeAndUnit() throws PayloadException {
    TagRegistry.Entry device = registry("all").device(topic("a"), "d", Map.of());
    assertThat(device.point("", "t", ValueType.INT64, null))
        .isSameAs(device.point("", "t", ValueType.INT64, null))
        .isNotSameAs(device.point("", "t", ValueType.FLOAT64, null))
        .isNotSameAs(device.point("", "t", ValueType.INT64, "bar"));
  }

  @Test
  void aTagHasOneHistoryWhateverItsTypeAndUnit() throws PayloadException {
    TagRegistry.Entry device = registry("all").device(topic("a"), "d", Map.of());
    Point<?> first = device.point("", "t", ValueType.INT64, null);
    Point.History history = new Point.History() {};
    device.point("", "t", ValueType.FLOAT64, "bar").history(history);

    assertThat(first.history()).isSameAs(history);
    assertThat(device.point("", "t", ValueType.STRING, null).history()).isSameAs(history);
    assertThat(device.point("", "other", ValueType.INT64, null).history()).isNull();
  }

  @Test
  void aTagWithoutALegalTopicIsPoison() {
    TagRegistry.Entry device = registry("${tag}").device(topic("a"), "d", Map.of());
    assertThatThrownBy(() -> device.point("", "..", ValueType.INT64, null))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("tag ..");
  }

  @Test
  void tellsTopicsApartWhereTheyDecide() {
    TagRegistry one = registry("${device}");
    assertThat(one.device(topic("a"), "d", Map.of()))
        .isSameAs(one.device(topic("b"), "d", Map.of()));
    TagRegistry each = registry("${topic[0]}");
    assertThat(each.device(topic("a"), "d", Map.of()))
        .isSameAs(each.device(topic("a"), "d", Map.of()))
        .isNotSameAs(each.device(topic("b"), "d", Map.of()));
    String longTopic = "x".repeat(1000);
    assertThat(each.device(topic(longTopic), "d", Map.of()))
        .isNotSameAs(each.device(topic(longTopic), "d", Map.of()));
  }

  @Test
  void isBounded() throws PayloadException {
    TagRegistry registry = registry("${device}");
    for (int i = 0; i < 3 * TagRegistry.MAX_TAGS; i++) {
      registry.device(topic("a"), "d" + i % 10, Map.of()).point("", "t" + i, ValueType.INT64, null);
      assertThat(registry.size() <= TagRegistry.MAX_TAGS + 2).isTrue();
    }
  }
}
