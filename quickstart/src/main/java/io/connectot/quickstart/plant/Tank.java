// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import io.connectot.quickstart.plant.signal.Signal;

/** A heated tank that is filled and drained in turn, with an alarm word. */
final class Tank implements Machine {
  private static final double HIGH_LEVEL_PERCENT = 90;
  private static final int HIGH_LEVEL_BIT = 3;

  private final Signal level = Signal.ramp(12, 95, 120).noisy(0.05, 41);
  private final Signal temperature = Signal.drift(-2, 5, 200).noisy(0.1, 42);
  private final Signal inlet = Signal.pulse(120, 0.5);

  @Override
  public void measure(double seconds, PlantRegisters registers) {
    double percent = level.at(seconds);
    registers.holding(0, (int) Math.round(percent * 100));
    registers.holding(1, (int) Math.round(temperature.at(seconds) * 10));
    registers.holding(7, percent > HIGH_LEVEL_PERCENT ? 1 << HIGH_LEVEL_BIT : 0);
    registers.coil(0, inlet.at(seconds) > 0);
    registers.coil(1, inlet.at(seconds) == 0);
  }
}
