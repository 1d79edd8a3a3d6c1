// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.modbus.address.ModbusTable;
import java.time.Duration;

/**
 * How reads are put together.
 *
 * @param maxRegisters the most registers in one request, 1 to 125
 * @param maxBits the most coils or discrete inputs in one request, 1 to 2000
 * @param maxGap the most registers or bits nobody asked for that one request may bridge
 * @param startCoilsAtZero whether requests for coils begin at address 0 where they are not too long
 *     then
 * @param isolation what happens when a device refuses a block
 * @param recheckInterval how long a refused address is left alone
 */
public record BlockSettings(
    int maxRegisters,
    int maxBits,
    int maxGap,
    boolean startCoilsAtZero,
    Isolation isolation,
    Duration recheckInterval) {

  /** What applies when nothing is configured. */
  public static final BlockSettings DEFAULT =
      new BlockSettings(125, 2000, 0, false, Isolation.BISECT, Duration.ofMinutes(5));

  /** The most registers or bits in one request. */
  public int maxQuantity(ModbusTable table) {
    return table.isRegister() ? maxRegisters : maxBits;
  }
}
