// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadThrottleTest {
  private final ReadThrottle throttle = new ReadThrottle();
  private final InputStream in = new ByteArrayInputStream(new byte[] {1, 2, 3});

  private int read() throws IOException {
    throttle.await();
    return in.read();
  }

  /** Reads a byte on another thread, which is held back. */
  private CompletableFuture<Integer> readHeldBack() {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                result.complete(read());
              } catch (IOException e) {
                result.completeExceptionally(e);
              }
            });
    reader.setDaemon(true);
    reader.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> reader.getState() == Thread.State.WAITING || result.isDone());
    return result;
  }

  @Test
  void readsWhileOpen() throws IOException {
    assertThat(read()).isEqualTo(1);
    assertThat(read()).isEqualTo(2);
  }

  @Test
  void holdsTheReaderBackUntilItOpens() throws Exception {
    throttle.pause();
    CompletableFuture<Integer> read = readHeldBack();
    assertThat(read).isNotDone();

    throttle.resume();

    assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void holdsNobodyBackOnceItIsBroken() throws Exception {
    throttle.pause();
    CompletableFuture<Integer> read = readHeldBack();
    throttle.release();
    assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(1);

    throttle.pause();

    assertThat(read()).isEqualTo(2);
  }
}
