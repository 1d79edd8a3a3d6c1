// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientIdsTest {
  @Test
  void theFirstTaskHasExactlyTheConfiguredId() {
    ClientIds ids = new ClientIds(Optional.of("thing"), "plant");
    assertThat(ids.of(0)).isEqualTo("thing");
    assertThat(ids.of(1)).isEqualTo("thing-1");
    assertThat(ids.base()).isEqualTo("thing");
  }

  /** Otherwise the second task of "a" and the first of "a-1" would have the same. */
  @Test
  void everyTaskHasItsNumberWithTheConnectorsName() {
    ClientIds ids = new ClientIds(Optional.empty(), "plant");
    assertThat(ids.of(0)).isEqualTo("plant-0");
    assertThat(ids.of(1)).isEqualTo("plant-1");
    assertThat(ids.base()).isEqualTo("plant");
  }
}
