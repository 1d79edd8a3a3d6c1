// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that allow little: each limit alone, and all together. */
class SmallServerTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int NODES = 24;

  /**
   * A limit.
   *
   * <p>What it leaves of {@link #NODES} nodes, and in how many subscriptions.
   */
  @SuppressWarnings("ImmutableEnumChecker") // the consumers have no state
  enum Limit {
    ONE_SESSION(plant -> plant.limits().sessions(1), NODES, 1),
    ONE_SUBSCRIPTION(plant -> plant.quota().subscriptions(1), NODES, 1),
    TEN_ITEMS_PER_SUBSCRIPTION(plant -> plant.quota().itemsPerSubscription(10), NODES, 3),
    THIRTY_ITEMS(plant -> plant.quota().items(30), NODES, 1),
    FIVE_OPERATIONS(Limit::fiveOperations, NODES, 1),
    ONE_PUBLISH_REQUEST(plant -> plant.faults().publishRequests(1), NODES, 1),
    ONE_PUBLISH_REQUEST_FOR_THREE_SUBSCRIPTIONS(
        plant -> {
          plant.faults().publishRequests(1);
          plant.quota().itemsPerSubscription(10);
        },
        NODES,
        3),
    ALL(
        plant -> {
          plant.limits().sessions(1);
          plant.quota().subscriptions(1).itemsPerSubscription(10).items(30);
          fiveOperations(plant);
          plant.faults().publishRequests(1);
        },
        10,
        1);

    private final Consumer<PlantServer> applied;
    private final int good;
    private final int subscriptions;

    Limit(Consumer<PlantServer> applied, int good, int subscriptions) {
      this.applied = applied;
      this.good = good;
      this.subscriptions = subscriptions;
    }

    private static void fiveOperations(PlantServer plant) {
      for (Service service :
          new Service[] {
            Service.ATTRIBUTE_READ,
            Service.VIEW_BROWSE,
            Service.VIEW_TRANSLATE_BROWSE_PATHS,
            Service.MONITORED_ITEM_CREATE_MONITORED_ITEMS,
            Service.MONITORED_ITEM_MODIFY_MONITORED_ITEMS,
            Service.MONITORED_ITEM_DELETE_MONITORED_ITEMS,
            Service.ATTRIBUTE_HISTORY_READ
          }) {
        plant.faults().enforce(service, 5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatTheServerAllowsOverRestarts(Limit limit) throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = new EngineRig(plant, Map.of("opcua.queue.size", "1000")).counters(NODES)) {
      limit.applied.accept(plant);
      for (int life = 1; life <= 3; life++) {
        rig.connect();
        long expected = 20L * life;
        for (int i = 0; i < 20; i++) {
          plant.counters().advanceAll();
        }
        await()
            .atMost(LONG)
            .untilAsserted(
                () ->
                    assertThat(
                            rig.nodes.stream()
                                .filter(node -> rig.values(node).contains(expected))
                                .count())
                        .isEqualTo(limit.good));
        assertThat(plant.subscriptions()).isEqualTo(limit.subscriptions);
        assertThat(plant.sessions()).isEqualTo(1);
        rig.restartTask();
        for (int i = 0; i < NODES; i++) {
          assertThat(rig.values(Counters.id(i)))
              .as("values of %s", Counters.id(i))
              .doesNotHaveDuplicates();
        }
      }
      assertThat(rig.bad().stream().map(bad -> bad.tag().name()).distinct())
          .hasSize(NODES - limit.good);
      assertThat(rig.bad())
          .allSatisfy(bad -> assertThat(bad.status()).contains("Bad_TooManyMonitoredItems"));
      assertThat(rig.gaps()).isEmpty();
    }
  }
}
