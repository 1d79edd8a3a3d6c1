// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

/** A value that cannot be read. Has no stack trace: one node may cause it with every value. */
final class UndecodableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason for an operator, naming the data type where it is known
   */
  UndecodableException(String reason) {
    super(reason, null, false, false);
  }
}
