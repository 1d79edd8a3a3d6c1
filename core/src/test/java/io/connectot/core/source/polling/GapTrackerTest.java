// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Clock;
import io.connectot.core.connection.ManualClock;
import io.connectot.core.model.Gap;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapTrackerTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long START = ManualClock.EPOCH_START;

  private final GapTracker gaps = new GapTracker(Plants.device("press1"), SECOND, Optional.empty());

  @Test
  void anOutageLastsFromTheLastGoodScanToTheNext() {
    scan(gaps, START, 0);
    gaps.outage("no answer");
    gaps.outage("connection refused");

    Gap gap = scan(gaps, START + 10 * SECOND, 0).orElseThrow();

    assertThat(gap.device().name()).isEqualTo("press1");
    assertThat(gap.tag()).isEmpty();
    assertThat(gap.from()).isEqualTo(Clock.instant(START));
    assertThat(gap.to()).isEqualTo(Clock.instant(START + 10 * SECOND));
    assertThat(gap.cause()).isEqualTo("no answer");
    assertThat(gap.missedScans()).hasValue(9);
    assertThat(gap.filled()).isFalse();
  }

  @Test
  void anOutageIsReportedOnce() {
    scan(gaps, START, 0);
    gaps.outage("no answer");
    scan(gaps, START + 2 * SECOND, 0);

    assertThat(scan(gaps, START + 3 * SECOND, 0)).isEmpty();
  }

  @Test
  void whatWasNeverReadIsNotMissing() {
    gaps.outage("no answer");

    assertThat(scan(gaps, START, 0)).isEmpty();
    assertThat(scan(gaps, START + SECOND, 0)).isEmpty();
  }

  @Test
  void aRestartIsAGapSinceTheStoredOffset() {
    GapTracker restarted =
        new GapTracker(Plants.device("press1"), SECOND, Optional.of(START - 60 * SECOND));

    Gap gap = scan(restarted, START, 0).orElseThrow();

    assertThat(gap.from()).isEqualTo(Clock.instant(START - 60 * SECOND));
    assertThat(gap.to()).isEqualTo(Clock.instant(START));
    assertThat(gap.missedScans()).hasValue(59);
    assertThat(gap.cause()).contains("connector was not running");
    assertThat(scan(restarted, START + SECOND, 0)).isEmpty();
  }

  @Test
  void aGapIsNeverInTheFutureWhenTheClockWasSetBack() {
    GapTracker restarted =
        new GapTracker(Plants.device("press1"), SECOND, Optional.of(START + 60 * SECOND));

    Gap gap = scan(restarted, START, 0).orElseThrow();

    assertThat(gap.from()).isNull();
    assertThat(gap.to()).isEqualTo(Clock.instant(START));
    assertThat(gap.missedScans()).hasValue(0);
    assertThat(gap.cause()).contains("connector was not running").contains("clock was set back");
  }

  @Test
  void anOutageAfterARestartBeginsAtTheStoredOffset() {
    GapTracker restarted =
        new GapTracker(Plants.device("press1"), SECOND, Optional.of(START - 60 * SECOND));
    restarted.outage("no answer");

    Gap gap = scan(restarted, START, 0).orElseThrow();

    assertThat(gap.from()).isEqualTo(Clock.instant(START - 60 * SECOND));
  }

  @Test
  void anOverrunNamesWhatDelaysTheScans() {
    scan(gaps, START, 0);
    gaps.delayed("unit 7 is off");

    assertThat(scan(gaps, START + 3 * SECOND, 2)).isEmpty();
    assertThat(scan(gaps, START + 5 * SECOND, 1)).isEmpty();
    Gap gap = scan(gaps, START + 6 * SECOND, 0).orElseThrow();

    assertThat(gap.from()).isEqualTo(Clock.instant(START));
    assertThat(gap.to()).isEqualTo(Clock.instant(START + 6 * SECOND));
    assertThat(gap.missedScans()).hasValue(3);
    assertThat(gap.cause()).isEqualTo("scans took longer than their interval: unit 7 is off");
    assertThat(scan(gaps, START + 7 * SECOND, 0)).isEmpty();
  }

  @Test
  void overrunsInARowAreOneGap() {
    scan(gaps, START, 0);

    assertThat(scan(gaps, START + 3 * SECOND, 2)).isEmpty();
    assertThat(scan(gaps, START + 5 * SECOND, 1)).isEmpty();
    Gap gap = scan(gaps, START + 6 * SECOND, 0).orElseThrow();

    assertThat(gap.from()).isEqualTo(Clock.instant(START));
    assertThat(gap.to()).isEqualTo(Clock.instant(START + 6 * SECOND));
    assertThat(gap.missedScans()).hasValue(3);
    assertThat(gap.cause()).contains("raise the interval");
    assertThat(scan(gaps, START + 7 * SECOND, 0)).isEmpty();
  }

  @Test
  void anOverrunThatNeverEndsIsReportedAllTheSame() {
    scan(gaps, START, 0);
    int reported = 0;
    long missed = 0;
    long to = START;
    for (int scan = 1; scan <= 300; scan++) {
      Optional<Gap> gap = scan(gaps, START + 2L * scan * SECOND, 1);
      if (gap.isPresent()) {
        assertThat(gap.get().from()).isEqualTo(Clock.instant(to));
        to = START + 2L * scan * SECOND;
        missed += gap.get().missedScans().orElseThrow();
        reported++;
      }
    }

    assertThat(reported).isBetween(5, 10);
    assertThat(missed).isBetween(250L, 300L);
  }

  @Test
  void anOutageIncludesTheOverrunBeforeIt() {
    scan(gaps, START, 0);
    assertThat(scan(gaps, START + 3 * SECOND, 2)).isEmpty();
    gaps.outage("no answer");

    Gap gap = scan(gaps, START + 10 * SECOND, 0).orElseThrow();

    assertThat(gap.from()).isEqualTo(Clock.instant(START));
    assertThat(gap.to()).isEqualTo(Clock.instant(START + 10 * SECOND));
    assertThat(gap.missedScans()).hasValue(2 + 6);
    assertThat(gap.cause()).isEqualTo("no answer");
  }

  @Test
  void aScanThatIsLateBecauseOfAnOutageIsNoOverrun() {
    scan(gaps, START, 0);
    gaps.outage("no answer");

    assertThat(scan(gaps, START + 10 * SECOND, 4)).isPresent();
    assertThat(scan(gaps, START + 11 * SECOND, 0)).isEmpty();
  }

  @Test
  void anOverrunBeforeAnythingWasReadIsNotMissing() {
    assertThat(scan(gaps, START, 3)).isEmpty();
    assertThat(scan(gaps, START + SECOND, 0)).isEmpty();
  }

  @Test
  void aGapNeverEndsBeforeItBegins() {
    scan(gaps, START, 0);
    gaps.outage("no answer");

    Gap gap = scan(gaps, START - 5 * SECOND, 0).orElseThrow();

    assertThat(gap.from()).isNull();
    assertThat(gap.to()).isEqualTo(Clock.instant(START - 5 * SECOND));
    assertThat(gap.missedScans()).hasValue(0);
  }

  @Test
  void reachesFromTheNewestKnownValueToTheOldestNewOne() {
    gaps.scanned(START, START + 10, 0);
    gaps.outage("cable");

    Gap gap = gaps.scanned(START + SECOND, START + SECOND + 10, 0).orElseThrow();

    assertThat(gap.from()).isEqualTo(Clock.instant(START + 10));
    assertThat(gap.to()).isEqualTo(Clock.instant(START + SECOND));
  }

  private static Optional<Gap> scan(GapTracker gaps, long nanos, long missed) {
    return gaps.scanned(nanos, nanos, missed);
  }
}
