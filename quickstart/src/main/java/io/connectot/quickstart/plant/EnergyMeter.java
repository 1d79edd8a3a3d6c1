// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import io.connectot.quickstart.plant.signal.Signal;
import java.util.List;

/** A typical three-phase energy meter: 32-bit floats in input registers. */
final class EnergyMeter implements Machine {
  private static final long ENERGY_AT_START_WH = 5_000_000_000L;

  private final List<Signal> voltages =
      List.of(
          Signal.drift(231, 1.5, 240).noisy(0.2, 31),
          Signal.drift(229.5, 1.2, 300).noisy(0.2, 32),
          Signal.drift(230.4, 1.8, 270).noisy(0.2, 33));
  private final Signal current = Signal.ramp(80, 240, 60).noisy(4, 34);
  private final Signal frequency = Signal.drift(50, 0.02, 45).noisy(0.004, 35);

  @Override
  public void measure(double seconds, PlantRegisters registers) {
    double voltage = 0;
    for (int phase = 0; phase < voltages.size(); phase++) {
      double value = voltages.get(phase).at(seconds);
      registers.inputFloat(2 * phase, value);
      voltage += value;
    }
    double amperes = current.at(seconds);
    registers.inputFloat(6, amperes);
    registers.inputFloat(12, voltage * amperes * 0.93 / 1000);
    registers.inputFloat(70, frequency.at(seconds));
    // About 103 kW, the mean of the power above.
    registers.holdingInt64(300, ENERGY_AT_START_WH + (long) (seconds * 103_000 / 3600));
  }
}
