// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.quickstart.embedded.Ports;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlugTest {
  @Test
  void aDeviceStaysAwayUntilItIsPluggedInAgain() throws Exception {
    try (ModbusPlant plant = ModbusPlant.start()) {
      int port = URI.create(plant.devices().get("press1")).getPort();
      assertThat(Ports.isFree(port)).isFalse();

      assertThat(plant.unplug("press1")).isTrue();
      await().atMost(Duration.ofSeconds(30)).until(() -> Ports.isFree(port));
      assertThat(plant.pluggedIn()).containsEntry("press1", false).containsEntry("press2", true);

      assertThat(plant.plugIn("press1")).isTrue();
      await().atMost(Duration.ofSeconds(30)).until(() -> !Ports.isFree(port));
      assertThat(plant.pluggedIn()).containsEntry("press1", true);
      assertThat(plant.unplug("nobody")).isFalse();
      assertThat(plant.plugIn("nobody")).isFalse();
    }
  }
}
