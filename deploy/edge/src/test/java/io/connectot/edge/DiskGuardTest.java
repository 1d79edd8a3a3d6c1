// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DiskGuardTest {
  @Test
  void deletesATwentiethAndWhatIsAboveTheLimitButNeverMoreThanHalf() {
    assertThat(DiskGuard.share(100, 100)).isEqualTo(0.05);
    assertThat(DiskGuard.share(90, 100)).as("the disk is full").isEqualTo(0.05);
    assertThat(DiskGuard.share(125, 100)).isEqualTo(0.25, within(1e-9));
    assertThat(DiskGuard.share(1000, 100)).isEqualTo(0.5);
  }

  @Test
  void cutsAShareOfTheRecordsHoweverLongAgoTheyCame() throws Exception {
    // 1,000 records in one second, and nothing for an hour.
    long cut = DiskGuard.cutTime(5_000, 3_605_000, 250, 250, time -> Math.min(1000, time - 5_000));
    assertThat(cut).isEqualTo(5_250);
  }

  @Test
  void asksNoMoreThanItNeedsToKnow() throws Exception {
    AtomicInteger questions = new AtomicInteger();
    // A day of one record a second.
    long cut =
        DiskGuard.cutTime(
            0,
            86_400_000,
            4_320,
            8_640,
            time -> {
              questions.incrementAndGet();
              return time / 1000;
            });
    assertThat(cut / 1000).isBetween(4_320L, 8_640L);
    assertThat(questions).hasValue(4);
  }

  @Test
  void cutsRecordsOfOneInstantTogether() throws Exception {
    assertThat(DiskGuard.cutTime(5_000, 9_000, 10, 20, time -> time > 5_000 ? 1000 : 0))
        .isEqualTo(5_001);
    assertThat(DiskGuard.cutTime(5_000, 4_000, 10, 20, time -> 1000)).isEqualTo(5_001);
  }
}
