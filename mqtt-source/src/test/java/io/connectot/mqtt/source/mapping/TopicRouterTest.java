// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Topics are remembered, but not all of them. */
class TopicRouterTest {
  @Test
  void mapsMoreTopicsThanItRemembers() throws Exception {
    Mapped mapped = new Mapped("subscriptions.all", "plant/# key=${1}");
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < TopicRouter.MAX_TOPICS + 100; i++) {
        assertThat(mapped.one("plant/" + i, "1").key()).isEqualTo("" + i);
      }
    }
  }

  @Test
  void mapsTopicsThatAreTooLongToRemember() throws Exception {
    Mapped mapped = new Mapped("subscriptions.all", "plant/# key=${1} topic=all");
    String level = "x".repeat(60_000);
    assertThat(mapped.one("plant/" + level, "1").key()).isEqualTo(level);
    assertThat(mapped.one("plant/" + level, "2").key()).isEqualTo(level);
  }
}
