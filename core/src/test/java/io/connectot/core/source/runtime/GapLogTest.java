// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Device;
import io.connectot.core.model.Gap;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapLogTest {
  private static final Device<String> PRESS = new Device<>("press", "x", "", Map.of());
  private static final Instant NOON = Instant.parse("2024-02-29T12:00:00Z");

  private final GapLog log = new GapLog("press");

  private static Gap gap(String tag, int seconds, boolean filled) {
    return new Gap(
        PRESS,
        Optional.of(
            new Tag<>(
                tag,
                tag,
                ValueType.FLOAT64,
                Optional.empty(),
                Duration.ofSeconds(1),
                ReportPolicy.ALL,
                Scaling.NONE,
                Map.of())),
        NOON.minusSeconds(seconds),
        NOON.plusSeconds(seconds),
        "the server was restarted",
        filled);
  }

  @Test
  void saysOfManyGapsHowManyThereAreAndNamesSome() {
    for (int i = 0; i < 50_000; i++) {
      log.add(gap("t" + i, i == 7 ? 60 : 1, i % 2 == 0));
    }

    assertThat(log.text())
        .isEqualTo(
            "Device press: values of t0, t1, t2, t3, t4 and 49995 more are missing between"
                + " 2024-02-29T11:59:00Z and 2024-02-29T12:01:00Z, 25000 of 50000 gaps were"
                + " filled: the server was restarted");
  }

  @Test
  void waitsForGapsThatComeTogether() {
    log.add(gap("a", 1, false));
    log.logIfDue(0);
    log.add(gap("b", 1, false));
    log.logIfDue(Duration.ofSeconds(9).toNanos());

    assertThat(log.text()).contains("a, b");

    log.logIfDue(Duration.ofSeconds(10).toNanos());
    log.add(gap("c", 1, false));

    assertThat(log.text()).contains("of c are");
  }

  @Test
  void speaksOfTheDeviceWhereNoTagIsConcerned() {
    log.add(new Gap(PRESS, Optional.empty(), NOON, NOON, "unplugged", false));

    assertThat(log.text())
        .isEqualTo(
            "Device press: values are missing between 2024-02-29T12:00:00Z and"
                + " 2024-02-29T12:00:00Z: unplugged");
  }
}
