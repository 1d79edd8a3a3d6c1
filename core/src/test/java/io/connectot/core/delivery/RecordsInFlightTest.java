// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecordsInFlightTest {
  private static final int MOST = RecordsInFlight.MOST;

  private long now = Long.MAX_VALUE - 1_000;
  private final RecordsInFlight underWay = new RecordsInFlight(() -> now);

  @Test
  void letsAsManyBeTakenAsThereIsRoomFor() {
    assertThat(underWay.room(2_000)).isEqualTo(2_000);

    underWay.taken(MOST - 10);

    assertThat(underWay.room(2_000)).isEqualTo(10);
    assertThat(underWay.count()).isEqualTo(MOST - 10);
  }

  @Test
  void letsNoneBeTakenUntilKafkaHasSome() {
    underWay.taken(MOST);
    assertThat(underWay.room(2_000)).isZero();

    underWay.done();

    assertThat(underWay.room(2_000)).isEqualTo(1);
  }

  @Test
  void letsSomeBeTakenWhenNothingMoves() {
    underWay.taken(MOST);
    assertThat(underWay.room(2_000)).isZero();
    now += TimeUnit.SECONDS.toNanos(4);
    assertThat(underWay.room(2_000)).isZero();

    now += TimeUnit.SECONDS.toNanos(2);

    assertThat(underWay.room(2_000)).isEqualTo(RecordsInFlight.TRICKLE);
    assertThat(underWay.room(2_000)).isZero();
  }

  @Test
  void waitsAsLongAsKafkaTakesRecords() {
    underWay.taken(2 * MOST);
    for (int second = 0; second < 60; second++) {
      underWay.done();
      now += TimeUnit.SECONDS.toNanos(1);
      assertThat(underWay.room(2_000)).isZero();
    }
  }
}
