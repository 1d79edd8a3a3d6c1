// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Clock;
import io.connectot.core.connection.ManualClock;
import io.connectot.core.model.Point;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScanGroupTest {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final long NANOS = INTERVAL.toNanos();

  private final ManualClock time = new ManualClock();

  @Test
  void isDueFromItsTickOn() {
    ScanGroup<String> group = group(time.tick());

    assertThat(group.isDue(time.tick() - 1)).isFalse();
    assertThat(group.isDue(time.tick())).isTrue();
    assertThat(group.isDue(time.tick() + 1)).isTrue();
  }

  @Test
  void alignsToWholeMultiplesOfTheIntervalSinceTheEpoch() {
    time.advance(Duration.ofMillis(300));
    ScanGroup<String> group = group(time.tick());

    group.advance(time.clock());

    assertThat(group.dueTick()).isEqualTo(time.tick() + Duration.ofMillis(700).toNanos());
    time.advanceTo(group.dueTick());
    assertThat(time.epochNanos() % NANOS).isZero();
  }

  @Test
  void staysAlignedWhenScansComeALittleLate() {
    ScanGroup<String> group = group(time.tick());
    long begin = time.epochNanos();
    for (int scan = 1; scan <= 10; scan++) {
      time.advance(Duration.ofMillis(137));
      assertThat(group.advance(time.clock())).isZero();
      time.advanceTo(group.dueTick());
      assertThat(time.epochNanos()).isEqualTo(begin + scan * NANOS);
    }
  }

  @Test
  void countsTheWholeIntervalsItCameLate() {
    ScanGroup<String> group = group(time.tick());

    time.advance(Duration.ofMillis(3400));

    assertThat(group.advance(time.clock())).isEqualTo(3);
    assertThat(group.dueTick()).isEqualTo(time.tick() + Duration.ofMillis(600).toNanos());
  }

  @Test
  void aWallClockThatJumpsForwardMakesNoMissedScans() {
    ScanGroup<String> group = group(time.tick());
    group.advance(time.clock());
    time.wallJumps(Duration.ofHours(1).plusMillis(250));
    time.advanceTo(group.dueTick());

    assertThat(group.advance(time.clock())).isZero();
    assertThat(group.dueTick()).isEqualTo(time.tick() + Duration.ofMillis(750).toNanos());
  }

  @Test
  void aWallClockThatJumpsBackDoesNotStopTheScans() {
    ScanGroup<String> group = group(time.tick());
    group.advance(time.clock());
    time.wallJumps(Duration.ofHours(-1).minusMillis(250));
    time.advanceTo(group.dueTick());

    assertThat(group.advance(time.clock())).isZero();
    assertThat(group.dueTick()).isEqualTo(time.tick() + Duration.ofMillis(250).toNanos());
    time.advanceTo(group.dueTick());
    assertThat(group.advance(time.clock())).isZero();
    assertThat(group.dueTick()).isEqualTo(time.tick() + NANOS);
  }

  @Test
  void isNeverDueBeforeTheAlignedInstantHoweverLongReadingTheClockTakes() {
    AtomicLong now = new AtomicLong(ManualClock.EPOCH_START + 1);
    long slow = Duration.ofMillis(20).toNanos();
    InstantSource wall = () -> Clock.instant(now.getAndAdd(slow));
    ScanGroup<String> group = group(now.get());

    group.advance(new Clock(wall, () -> now.getAndAdd(slow)));

    // Woken too early, the group would be scanned twice around the same instant.
    assertThat(group.dueTick()).isGreaterThanOrEqualTo(ManualClock.EPOCH_START + NANOS);
  }

  @Test
  void canBeMadeDueAtOnce() {
    ScanGroup<String> group = group(time.tick());
    group.advance(time.clock());

    group.dueAt(time.tick());

    assertThat(group.isDue(time.tick())).isTrue();
  }

  @Test
  void expectsWhatTheLargestScanTook() {
    ScanGroup<String> group = group(time.tick());

    group.expectBytes(900);
    group.expectBytes(300);

    assertThat(group.expectedBytes()).isEqualTo(900);
  }

  private static ScanGroup<String> group(long firstTick) {
    return new ScanGroup<>(
        List.of(new Point<>(Plants.device("press"), Plants.tag("speed", INTERVAL))),
        NANOS,
        firstTick,
        100);
  }
}
