// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KafkaProgressTest {
  private final KafkaProgress progress = new KafkaProgress();

  @Test
  void nothingWaitsAtFirst() {
    assertThat(progress.waiting()).isZero();
    assertThat(progress.oldestNanos(100)).isZero();
  }

  @Test
  void theOldestUnconfirmedMessageCounts() {
    progress.accepted();
    assertThat(progress.oldestNanos(100)).isZero();
    progress.accepted();
    assertThat(progress.oldestNanos(150)).isEqualTo(50);
    progress.confirmed();
    assertThat(progress.oldestNanos(200)).isEqualTo(50);
    progress.confirmed();
    assertThat(progress.oldestNanos(300)).isZero();
    assertThat(progress.waiting()).isZero();
  }

  @Test
  void aStreamThatMovesIsAsOldAsItsDelay() {
    for (int i = 0; i < 10; i++) {
      progress.accepted();
      progress.oldestNanos(i * 100L);
    }
    for (int i = 0; i < 7; i++) {
      progress.confirmed();
    }
    assertThat(progress.oldestNanos(1000)).isEqualTo(300);
  }
}
