// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

/** A driver failed. Its message is in the driver's words, without what may hold a secret. */
public final class PlcFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message without secrets
   * @param cause null when it may hold secrets
   */
  public PlcFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
