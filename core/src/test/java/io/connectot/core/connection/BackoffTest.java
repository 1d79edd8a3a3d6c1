// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @Test
  void doublesUpToTheCap() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 0);

    assertThat(backoff.nextNanos()).isEqualTo(seconds(1));
    assertThat(backoff.nextNanos()).isEqualTo(seconds(2));
    assertThat(backoff.nextNanos()).isEqualTo(seconds(4));
    assertThat(backoff.nextNanos()).isEqualTo(seconds(5));
    assertThat(backoff.nextNanos()).isEqualTo(seconds(5));
  }

  @Test
  void beginsAnewAfterSuccess() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 0);
    backoff.nextNanos();
    backoff.nextNanos();

    backoff.reset();

    assertThat(backoff.nextNanos()).isEqualTo(seconds(1));
  }

  @Test
  void staysLongAfterTheLongestPause() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 0);

    assertThat(backoff.longestNanos()).isEqualTo(seconds(5));
    assertThat(backoff.nextNanos()).isEqualTo(seconds(5));

    backoff.reset();
    assertThat(backoff.nextNanos()).isEqualTo(seconds(1));
  }

  @Test
  void shortensByUpToAFifth() {
    Random random = new Random(7);
    Backoff backoff = new Backoff(FIRST, FIRST, random::nextDouble);

    for (int i = 0; i < 1000; i++) {
      assertThat(backoff.nextNanos()).isBetween(seconds(1) * 8 / 10, seconds(1));
    }
  }

  @Test
  void jitterDoesNotAccumulate() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 0.5);

    assertThat(backoff.nextNanos()).isEqualTo(seconds(1) * 9 / 10);
    assertThat(backoff.nextNanos()).isEqualTo(seconds(2) * 9 / 10);
  }

  @Test
  void aCapBelowTheFirstPauseIsTheFirstPause() {
    Backoff backoff = new Backoff(LONGEST, FIRST, () -> 0);

    assertThat(backoff.nextNanos()).isEqualTo(seconds(5));
    assertThat(backoff.nextNanos()).isEqualTo(seconds(5));
  }

  @Test
  void neverOverflows() {
    Backoff backoff = new Backoff(FIRST, Duration.ofDays(100_000), () -> 0);

    for (int i = 0; i < 200; i++) {
      assertThat(backoff.nextNanos()).isPositive();
    }
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
