// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

  @Test
  void saysWhatItWaitsForAndWhenItHasStopped() throws Exception {
    Shutdown shutdown = new Shutdown(out, Duration.ofMinutes(1));
    Thread main =
        new Thread(
            () -> {
              while (!shutdown.isRequested()) {
                Thread.onSpinWait();
              }
              shutdown.stopping("Kafka");
              shutdown.ended();
            });
    main.start();

    shutdown.request();

    main.join();
    assertThat(text()).contains("takes 60 s at most", "  Kafka …", "Stopped.");
  }

  @Test
  void doesNotWaitForEver() {
    Shutdown shutdown = new Shutdown(out, Duration.ZERO);
    shutdown.stopping("the OPC UA server");

    shutdown.request();

    assertThat(text()).contains("Gave up waiting for: the OPC UA server");
  }

  @Test
  void saysNothingWhenTheQuickstartEndsByItself() {
    Shutdown shutdown = new Shutdown(out, Duration.ofMinutes(1));
    shutdown.stopping("Kafka");
    shutdown.ended();

    shutdown.request();

    assertThat(text()).isEmpty();
  }

  private String text() {
    return output.toString(StandardCharsets.UTF_8);
  }
}
