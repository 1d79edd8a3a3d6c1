// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The status of a box, in a file that the uplink writes and {@code ot-edge status} shows. */
final class UplinkStatus {
  private UplinkStatus() {}

  /** Replaces the file. */
  static void write(EdgeConfig config, Map<String, String> summary) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("time: " + Instant.now());
    summary.forEach((key, value) -> lines.add(key + ": " + value));
    replace(file(config), lines);
  }

  /** The lines of the file; none if there is none yet. */
  static List<String> lines(EdgeConfig config) throws IOException {
    try {
      return Files.readAllLines(file(config), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Replaces a file at once, so that no reader sees half of it. */
  static void replace(Path file, List<String> lines) throws IOException {
    Files.createDirectories(file.getParent());
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.write(next, lines, StandardCharsets.UTF_8);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path file(EdgeConfig config) {
    return config.dataDirectory().resolve("run/status");
  }
}
