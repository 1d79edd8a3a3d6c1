// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.IOException;

/** Bytes arrived that are not the reply to the request that was sent. */
final class BadReplyException extends IOException {
  private static final long serialVersionUID = 1L;

  BadReplyException(String message) {
    super(message);
  }
}
