// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

/** A driver failed. The message comes from the driver and contains no secrets. */
public final class DriverException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What a failure of a request says about the device and the connection. */
  public enum Kind {
    /** Nothing was sent; reported of writes only. */
    UNSENT,
    /** It is not known whether the device answered. */
    NO_ANSWER,
    /** The device answered with an error, or the driver sent nothing; it can send another. */
    REFUSED,
    /** The device answered, and the driver failed at it: it may never send a request again. */
    UNREADABLE
  }

  private final Kind kind;

  /**
   * Makes a failure of which it is not known whether the device answered.
   *
   * @param message without secrets
   * @param cause null when it may contain secrets
   */
  public DriverException(String message, Throwable cause) {
    this(message, cause, Kind.NO_ANSWER);
  }

  /**
   * Makes a failure.
   *
   * @param message without secrets
   * @param cause null when it may contain secrets
   */
  public DriverException(String message, Throwable cause, Kind kind) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
