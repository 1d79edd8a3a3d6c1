// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;

/** A write was sent, and nothing says what became of it. */
public final class UnansweredWriteException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param cause why there is no answer
   */
  public UnansweredWriteException(ProtocolException cause) {
    super(cause.getMessage(), cause);
  }

  /** Why there is no answer. */
  public ProtocolException reason() {
    return (ProtocolException) getCause();
  }
}
