// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.modbus.address.ModbusTable;
import java.time.Duration;

/**
 * How reads are combined.
 *
 * @param maxRegisters the most registers in one request, 1 to 125
 * @param maxBits the most coils or discrete inputs in one request, 1 to 2000
 * @param maxGap the most registers or bits without a tag between two tags of one request
 * @param startCoilsAtZero whether requests for coils start at address 0 unless they become too long
 * @param isolation how rejected tags of a block are found
 * @param recheckInterval the time until a refused tag is read again
 */
public record BlockSettings(
    int maxRegisters,
    int maxBits,
    int maxGap,
    boolean startCoilsAtZero,
    Isolation isolation,
    Duration recheckInterval) {

  /** The most registers or bits in one request. */
  public int maxQuantity(ModbusTable table) {
    return table.isRegister() ? maxRegisters : maxBits;
  }
}
