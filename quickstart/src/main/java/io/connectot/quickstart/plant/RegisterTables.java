// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The four tables of a Modbus unit. An address without a value does not exist. Guarded by its own
 * monitor: callers hold it while they read or write several values that belong together.
 */
public final class RegisterTables implements PlantRegisters {
  private final Map<Integer, Integer> holding = new HashMap<>();
  private final Map<Integer, Integer> input = new HashMap<>();
  private final Map<Integer, Integer> coils = new HashMap<>();
  private final Map<Integer, Integer> discretes = new HashMap<>();

  @Override
  public synchronized void holding(int address, int word) {
    holding.put(address, word & 0xFFFF);
  }

  @Override
  public synchronized void input(int address, int word) {
    input.put(address, word & 0xFFFF);
  }

  @Override
  public synchronized void coil(int address, boolean bit) {
    coils.put(address, bit ? 1 : 0);
  }

  @Override
  public synchronized void discrete(int address, boolean bit) {
    discretes.put(address, bit ? 1 : 0);
  }

  /**
   * The response of a read function at an address; empty if the address does not exist.
   *
   * @param function 1 to 4
   */
  public synchronized OptionalInt read(int function, int address) {
    Map<Integer, Integer> table =
        switch (function) {
          case 1 -> coils;
          case 2 -> discretes;
          case 3 -> holding;
          case 4 -> input;
          default ->
              throw new IllegalArgumentException(
                  "function " + function + " is not a read function");
        };
    Integer value = table.get(address);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
