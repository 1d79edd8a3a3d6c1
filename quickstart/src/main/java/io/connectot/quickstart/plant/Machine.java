// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

/** A machine with a Modbus interface. Stateless: its registers are a function of time. */
public interface Machine {

  /** Writes the machine's values at an instant into its registers. */
  void measure(double seconds, PlantRegisters registers);
}
