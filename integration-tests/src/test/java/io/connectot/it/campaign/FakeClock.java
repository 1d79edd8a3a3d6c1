// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import io.connectot.core.testing.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/** The adjustable clock of a process started with {@link #environment}. For one thread. */
final class FakeClock {
  private final Path library;
  private final Path file;

  /** A clock with the correct time; skips the test if libfaketime is not installed. */
  FakeClock() throws IOException {
    library = Peers.needFaketime();
    file = Files.createTempFile(Path.of("target"), "clock", ".txt").toAbsolutePath();
    ahead(Duration.ZERO);
  }

  /** Sets the clock ahead; monotonic time is not affected. */
  void ahead(Duration offset) throws IOException {
    // Replaced atomically, because the process can read the file at any time.
    Path next = Path.of(file + ".next");
    Files.writeString(next, "+" + offset.toSeconds() + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        file.toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        // By default libfaketime ends the timed waits of a JVM at once.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }
}
