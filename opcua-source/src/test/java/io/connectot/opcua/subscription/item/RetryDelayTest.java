// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryDelayTest {

  @Test
  void pausesGrowToTheLongest() {
    RetryDelay pause = new RetryDelay(Duration.ofNanos(10), Duration.ofNanos(35));

    pause.failed(0);
    assertThat(pause.due(9)).isFalse();
    assertThat(pause.due(10)).isTrue();
    pause.failed(100);
    assertThat(pause.due(119)).isFalse();
    assertThat(pause.due(120)).isTrue();
    pause.failed(200);
    assertThat(pause.due(234)).isFalse();
    assertThat(pause.due(235)).isTrue();
    pause.failed(300);
    assertThat(pause.due(335)).isTrue();
  }
}
