// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.core.config.Configuration;
import java.util.Optional;

/**
 * A device line.
 *
 * @param endpoint the endpoint
 * @param backup the endpoint to use while {@code endpoint} is unreachable
 * @param unit the unit identifier of tags without one
 * @param config the connector's keys, overridden by parameters of the line
 */
public record ModbusDevice(
    ModbusEndpoint endpoint, Optional<ModbusEndpoint> backup, int unit, Configuration config) {}
