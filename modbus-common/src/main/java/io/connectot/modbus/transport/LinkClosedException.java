// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.IOException;

/** {@link ModbusLink#close} came while a call was under way. */
final class LinkClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  LinkClosedException() {
    super("the link was closed");
  }
}
