// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignalTest {
  @Test
  void driftStaysAroundItsMeanAndReturnsAfterAPeriod() {
    Signal drift = Signal.drift(60, 5, 100);

    assertThat(drift.at(0)).isEqualTo(60);
    assertThat(drift.at(25)).isCloseTo(65, within(1e-9));
    assertThat(drift.at(75)).isCloseTo(55, within(1e-9));
    assertThat(drift.at(130)).isCloseTo(drift.at(30), within(1e-9));
  }

  @Test
  void rampRisesAndFallsEvenly() {
    Signal ramp = Signal.ramp(20, 220, 4);

    assertThat(ramp.at(0)).isEqualTo(20);
    assertThat(ramp.at(1)).isEqualTo(120);
    assertThat(ramp.at(2)).isEqualTo(220);
    assertThat(ramp.at(3)).isEqualTo(120);
    assertThat(ramp.at(4)).isEqualTo(20);
  }

  @Test
  void counterNeverFalls() {
    Signal counter = Signal.counter(100, 4);

    assertThat(counter.at(3.9)).isEqualTo(100);
    assertThat(counter.at(4)).isEqualTo(101);
    assertThat(IntStream.range(0, 1000).mapToObj(i -> counter.at(i * 0.3)).toList()).isSorted();
  }

  @Test
  void pulseIsOnForItsShareOfThePeriod() {
    Signal pulse = Signal.pulse(10, 0.3);

    assertThat(pulse.at(2.9)).isEqualTo(1);
    assertThat(pulse.at(3.1)).isZero();
    assertThat(pulse.at(12.9)).isEqualTo(1);
  }

  @Test
  void noiseIsBoundedAndTheSameForTheSameTime() {
    Signal noisy = Signal.drift(10, 0, 1).noisy(0.5, 7);

    assertThat(IntStream.range(0, 1000).mapToObj(i -> noisy.at(i * 0.1)))
        .allSatisfy(value -> assertThat(value).isBetween(9.5, 10.5));
    assertThat(noisy.at(12.34)).isEqualTo(noisy.at(12.34)).isNotEqualTo(noisy.at(12.44));
  }
}
