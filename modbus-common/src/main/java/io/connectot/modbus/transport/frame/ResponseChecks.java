// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

/**
 * Which fields of a response of MBAP must be those of the request. Gateways exist that return
 * others.
 *
 * @param transaction whether the transaction identifier must be
 * @param unit whether the unit identifier must be
 */
public record ResponseChecks(boolean transaction, boolean unit) {
  /** All fields, as specified. */
  public static final ResponseChecks STRICT = new ResponseChecks(true, true);
}
