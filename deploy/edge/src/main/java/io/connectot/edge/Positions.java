// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition is replicated, as the central cluster said last. It is kept in a file,
 * because it is needed most when the central cluster cannot be asked. For one thread.
 */
final class Positions {
  private final Path file;
  private final Map<String, Long> copied = new TreeMap<>();

  private Positions(Path file) {
    this.file = file;
  }

  /** Reads the file, if there is one. */
  static Positions load(Path file) throws IOException {
    Positions positions = new Positions(file);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        int space = line.indexOf(' ');
        if (space > 0) {
          positions.copied.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
        }
      }
    }
    return positions;
  }

  /** Takes over what the central cluster says, and writes the file if that is new. */
  void update(Map<String, Long> offsets) throws IOException {
    if (!offsets.isEmpty() && !copied.equals(offsets)) {
      copied.putAll(offsets);
      List<String> lines =
          copied.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
      UplinkStatus.replace(file, lines);
    }
  }

  /** The offset of the first record that is not known to be replicated. */
  long next(TopicPartition partition) {
    return copied.getOrDefault(partition.topic() + "-" + partition.partition(), -1L) + 1;
  }
}
