// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

/**
 * What distinguishes responses whose frames carry no transaction identifier.
 *
 * @param unit the unit identifier
 * @param function the function code
 * @param dataLength the number of data bytes; 0 when it is not known before
 */
public record ResponseShape(int unit, int function, int dataLength) {}
