// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PahoThreadsTest {
  private final PahoThreads threads = new PahoThreads("test", crash -> {});

  @Test
  void endsAThreadThatNothingElseWakes() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    threads.execute(
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThat(threads.awaitIdle(Duration.ZERO)).isFalse();
    threads.interrupt();
    assertThat(threads.awaitIdle(Duration.ofSeconds(30))).isTrue();
    threads.shutdown();
  }
}
