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

/** The clock of a process that is started with {@link #environment}. For one thread. */
final class FakeClock {
  private final Path library;
  private final Path file;

  /** A clock that is right; skips the test where there is none. */
  FakeClock() throws IOException {
    library = Peers.needFaketime();
    file = Files.createTempFile(Path.of("target"), "clock", ".txt").toAbsolutePath();
    ahead(Duration.ZERO);
  }

  /** The time it shows is ahead from now on; what measures spans of time is not touched. */
  void ahead(Duration offset) throws IOException {
    // Whole or not at all: it may be read at any moment.
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
        // By default it takes a Java machine's waits for ones that are over.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }
}
