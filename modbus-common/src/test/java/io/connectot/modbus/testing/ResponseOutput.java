// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import java.io.IOException;

/** Where the answers to one peer go. Thread-safe. */
interface ResponseOutput {
  /** Sends one frame. */
  void write(byte[] frame) throws IOException;

  /** Closes the connection. */
  void close() throws IOException;
}
