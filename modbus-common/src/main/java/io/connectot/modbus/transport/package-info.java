// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * Modbus connections: pacing, retries and fail-over. Only this package and its subpackages use
 * j2mod.
 */
package io.connectot.modbus.transport;
