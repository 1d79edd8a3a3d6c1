// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionsTest {
  @TempDir Path directory;

  @Test
  void knowsAfterARestartWhatTheCentralClusterSaidLast() throws Exception {
    Path file = directory.resolve("run/positions");
    Positions first = Positions.load(file);
    assertThat(first.next(new TopicPartition("plant.press1", 0))).isZero();
    first.update(Map.of("plant.press1-0", 41L));
    first.update(Map.of());
    Positions second = Positions.load(file);
    assertThat(second.next(new TopicPartition("plant.press1", 0))).isEqualTo(42);
    assertThat(second.next(new TopicPartition("plant.press1", 1))).isZero();
  }
}
