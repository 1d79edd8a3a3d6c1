// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

/**
 * Something went wrong between the connector and a device. Its message is written for an operator
 * and holds no secret.
 */
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the runtime does about it. */
  public enum Kind {
    /** Passes by itself: the runtime tries again, with growing pauses. */
    TRANSIENT,
    /**
     * Something has to be corrected, here or at the device (a password, a certificate): the runtime
     * tries again at its longest pause.
     */
    CONFIGURATION,
    /** Trying again is pointless: the task fails with the message. */
    FATAL
  }

  /** Whom it concerns. */
  public enum Scope {
    /** Every device behind the endpoint. */
    CONNECTION,
    /** The one device that was asked. */
    DEVICE
  }

  private final Kind kind;
  private final Scope scope;
  private final String status;

  /**
   * @param status the short code and name that BAD measurements carry, e.g. {@code TIMEOUT}
   * @param message cause and remedy, in words for an operator
   * @param cause null when there is none
   */
  public ProtocolException(Kind kind, Scope scope, String status, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.scope = scope;
    this.status = status;
  }

  public Kind kind() {
    return kind;
  }

  public Scope scope() {
    return scope;
  }

  public String status() {
    return status;
  }
}
