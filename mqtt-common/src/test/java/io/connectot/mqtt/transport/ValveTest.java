// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ValveTest {
  private final Valve valve = new Valve();
  private final InputStream in = new ByteArrayInputStream(new byte[] {1, 2, 3});

  private int read() throws IOException {
    valve.pass();
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
    valve.shut();
    CompletableFuture<Integer> read = readHeldBack();
    assertThat(read).isNotDone();

    valve.open();

    assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void holdsNobodyBackOnceItIsBroken() throws Exception {
    valve.shut();
    CompletableFuture<Integer> read = readHeldBack();
    valve.breakOpen();
    assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(1);

    valve.shut();

    assertThat(read()).isEqualTo(2);
  }
}
