// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.value;

/** A tag cannot hold a value. The message is a sentence for an operator. */
public final class UnwritableValueException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes a failure.
   *
   * @param message the value and what the tag can hold
   */
  public UnwritableValueException(String message) {
    super(message);
  }
}
