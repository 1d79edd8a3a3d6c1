// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void medianIsTheMiddleOrBetweenTheTwoInTheMiddle() {
    assertThat(Rounds.median(List.of(9, 1, 4), Integer::doubleValue)).isEqualTo(4);
    assertThat(Rounds.median(List.of(9, 1, 4, 6), Integer::doubleValue)).isEqualTo(5);
  }

  @Test
  void lowestAndHighestAreFoundInAnyOrder() {
    assertThat(Rounds.lowest(List.of(9, 1, 4), Integer::doubleValue)).isEqualTo(1);
    assertThat(Rounds.highest(List.of(4, 9, 1), Integer::doubleValue)).isEqualTo(9);
  }

  @Test
  void writesNumbersTheSameEverywhere() {
    assertThat(Rounds.text("%,.1f", 1234.56)).isEqualTo("1,234.6");
  }
}
