// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import java.io.IOException;

/** The received bytes are not the response to the request. */
public final class InvalidResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  public InvalidResponseException(String message) {
    super(message);
  }
}
