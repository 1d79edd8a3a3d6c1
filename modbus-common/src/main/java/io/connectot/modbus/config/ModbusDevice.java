// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import java.util.Optional;

/**
 * What a device line says.
 *
 * @param endpoint the connection
 * @param backup the connection while {@code endpoint} cannot be reached
 * @param unit the unit identifier of tags that do not name their own
 * @param connection how the connection is treated
 * @param blocks how reads are put together
 */
public record ModbusDevice(
    ModbusEndpoint endpoint,
    Optional<ModbusEndpoint> backup,
    int unit,
    ModbusConnectionSettings connection,
    BlockSettings blocks) {}
