// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

/** A unit returned an exception response: Modbus Application Protocol V1.1b3 §7. */
public final class ModbusExceptionResponse extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ModbusExceptionCode code;

  public ModbusExceptionResponse(ModbusExceptionCode code) {
    // Without stack trace: refused addresses are normal, and may occur many times per scan.
    super(code.toString(), null, false, false);
    this.code = code;
  }

  /** The exception code. */
  public ModbusExceptionCode code() {
    return code;
  }
}
