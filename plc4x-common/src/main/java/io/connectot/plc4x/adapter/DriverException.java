// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

/** A driver failed. The message comes from the driver and contains no secrets. */
public final class DriverException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message without secrets
   * @param cause null when it may contain secrets
   */
  public DriverException(String message, Throwable cause) {
    super(message, cause);
  }
}
