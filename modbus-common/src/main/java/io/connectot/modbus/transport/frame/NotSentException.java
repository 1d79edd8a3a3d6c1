// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import java.io.IOException;

/** A request failed before any of it was sent. */
public final class NotSentException extends IOException {
  private static final long serialVersionUID = 1L;

  public NotSentException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
