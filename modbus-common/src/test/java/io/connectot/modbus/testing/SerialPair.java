// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.core.testing.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Two pseudo terminals connected with each other, as a serial line has two ends. */
public final class SerialPair implements AutoCloseable {
  private final Process socat;
  private final Path first;
  private final Path second;

  /**
   * Makes a pair; skips or fails the test where there is no socat.
   *
   * @param folder where its names may lie
   */
  public SerialPair(Path folder) throws IOException {
    Peers.needSocat();
    Path names = Files.createTempDirectory(folder, "line");
    first = names.resolve("a");
    second = names.resolve("b");
    socat =
        new ProcessBuilder("socat", "pty,raw,echo=0,link=" + first, "pty,raw,echo=0,link=" + second)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.exists(first) && Files.exists(second));
  }

  /** One end. */
  public Path first() {
    return first;
  }

  /** The other end. */
  public Path second() {
    return second;
  }

  @Override
  public void close() {
    socat.destroy();
    try {
      socat.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
