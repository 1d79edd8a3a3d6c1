// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import io.connectot.quickstart.plant.signal.Signal;

/** A hydraulic press. All presses have the same register map and different values. */
final class Press implements Machine {
  private static final double SECONDS_PER_STROKE = 4;

  private final Signal temperature;
  private final Signal pressure;
  private final Signal vibration;
  private final Signal strokes;
  private final Signal stroke = Signal.pulse(SECONDS_PER_STROKE, 0.4);
  private final Signal running = Signal.pulse(90, 0.9);
  private final int number;

  /**
   * @param number the number of the press, from 1
   */
  Press(int number) {
    this.number = number;
    this.temperature = Signal.drift(60 + 4 * number, 6, 180 + 20 * number).noisy(0.15, number);
    this.pressure = Signal.ramp(20, 210, SECONDS_PER_STROKE).noisy(1.5, 10 + number);
    this.vibration = Signal.drift(0, 30, SECONDS_PER_STROKE).noisy(8, 20 + number);
    this.strokes = Signal.counter(100_000.0 * number, SECONDS_PER_STROKE);
  }

  @Override
  public void measure(double seconds, PlantRegisters registers) {
    registers.holdingFloatLowWordFirst(100, temperature.at(seconds));
    registers.holding(102, (int) Math.round(vibration.at(seconds)));
    registers.holdingInt32(104, (long) strokes.at(seconds));
    registers.holdingText(110, "ORDER-" + (7000 + 10 * number + (int) (seconds / 120)), 6);
    registers.input(10, (int) Math.round(10 * pressure.at(seconds)));
    registers.coil(1, running.at(seconds) > 0);
    registers.discrete(3, stroke.at(seconds) > 0);
  }
}
