// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

/** A value that the registers of a tag cannot hold. Its message says why. */
public final class UnencodableValueException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnencodableValueException(String message) {
    super(message);
  }
}
