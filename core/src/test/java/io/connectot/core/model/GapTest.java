// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void neverStartsAfterItsEnd() {
    Gap gap = gap(NOON.plusSeconds(3600), NOON);

    assertThat(gap.from()).isEqualTo(NOON);
    assertThat(gap.to()).isEqualTo(NOON);
  }

  @Test
  void keepsItsStart() {
    assertThat(gap(NOON.minusSeconds(1), NOON).from()).isEqualTo(NOON.minusSeconds(1));
  }

  private static Gap gap(Instant from, Instant to) {
    Device<String> device = new Device<>("press", "tcp://x", "", Map.of());
    return new Gap(device, Optional.empty(), from, to, "lost", false);
  }
}
