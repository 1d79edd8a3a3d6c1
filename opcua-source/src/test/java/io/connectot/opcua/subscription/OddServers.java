// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What the tests of servers with odd answers have in common. */
final class OddServers {
  /** Longer than anything takes on a busy machine. */
  static final Duration LONG = Duration.ofSeconds(60);

  static final int EVER = 1_000_000;

  /** The counter that {@link #advance} counts. */
  static final String NODE = Counters.id(3);

  private OddServers() {}

  /** The values of a counter from 0. */
  static List<Long> upTo(long last) {
    return LongStream.rangeClosed(0, last).boxed().toList();
  }

  static void advance(PlantServer plant, int times) {
    for (int i = 0; i < times; i++) {
      plant.counters().advance(3);
    }
  }

  static PlantServer plant(boolean history) {
    return PlantServer.start(PlantOptions.DEFAULT.withHistory(history));
  }

  static EngineRig rig(PlantServer plant, String... more) {
    Map<String, String> config = new HashMap<>(Map.of("opcua.queue.size", "5000"));
    for (int i = 0; i < more.length; i += 2) {
      config.put(more[i], more[i + 1]);
    }
    return new EngineRig(plant, config).counters(5);
  }

  static int connectUntilAt(EngineRig rig, long last) throws InterruptedException {
    return rig.connectUntil(() -> rig.values(NODE).contains(last));
  }

  static void awaitAll(EngineRig rig, long last) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(rig.values(NODE).stream().distinct()).isEqualTo(upTo(last)));
  }
}
