// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicCollisionsTest {
  private final TopicCollisions topics = new TopicCollisions(2);

  @Test
  void aKeyMayMakeATopicOftenAndManyTopics() {
    assertThat(topics.add("topic", "plant.a")).isEmpty();
    assertThat(topics.add("topic", "plant.a")).isEmpty();
    assertThat(topics.add("topic", "plant.b")).isEmpty();
  }

  @Test
  void aTopicHasOneKey() {
    topics.add("topic", "plant.a");
    assertThat(topics.add("status.topic", "plant.a"))
        .hasValueSatisfying(
            message -> assertThat(message).contains("'plant.a'", "topic makes too", "one schema"));
  }

  @Test
  void topicsDifferInMoreThanDotAndUnderscore() {
    topics.add("topic", "plant.a_b");
    for (String key : new String[] {"topic", "gap.topic"}) {
      assertThat(topics.add(key, "plant_a.b"))
          .hasValueSatisfying(
              message ->
                  assertThat(message)
                      .contains("'plant_a.b'", "'plant.a_b'", "only in '.' and '_'", "rename"));
    }
    assertThat(topics.add("topic", "plant-a_b")).isEmpty();
  }

  @Test
  void remembersOnlySoManyButComparesAll() {
    topics.add("status.topic", "status");
    topics.add("topic", "1");
    assertThat(topics.add("topic", "2")).isEmpty();
    assertThat(topics.add("gap.topic", "2")).isEmpty();
    assertThat(topics.add("topic", "status")).isPresent();
  }
}
