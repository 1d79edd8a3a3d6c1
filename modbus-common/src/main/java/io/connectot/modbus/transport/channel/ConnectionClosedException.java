// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import io.connectot.modbus.transport.ModbusConnection;
import java.io.IOException;

/** {@link ModbusConnection#close} was called during a call. */
public final class ConnectionClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  public ConnectionClosedException() {
    super("the connection was closed");
  }
}
