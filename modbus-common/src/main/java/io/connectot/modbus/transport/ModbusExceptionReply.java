// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

/** A unit answered a request with an exception: Modbus Application Protocol V1.1b3 §7. */
public final class ModbusExceptionReply extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ModbusExceptionCode code;

  public ModbusExceptionReply(ModbusExceptionCode code) {
    // A refused address is ordinary news of a device, at times many a scan: no stack trace.
    super(code.toString(), null, false, false);
    this.code = code;
  }

  /** The reason. */
  public ModbusExceptionCode code() {
    return code;
  }
}
