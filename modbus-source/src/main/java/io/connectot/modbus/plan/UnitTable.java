// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.modbus.address.ModbusTable;

/**
 * One table of one unit: the address space of a single request.
 *
 * @param unit the unit identifier
 */
record UnitTable(int unit, ModbusTable table) {}
