// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

/** Messages of the exceptions that drivers throw. */
final class ExceptionMessages {
  private static final int MAX_DEPTH = 10;

  private ExceptionMessages() {}

  /** The message of the innermost cause, or its class name if it has none. */
  static String reason(Throwable failure) {
    Throwable current = failure;
    String reason = null;
    for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
      String message = current.getMessage();
      if (message != null && !message.isBlank()) {
        reason = message;
      } else {
        reason = current.getClass().getSimpleName();
      }
      current = current.getCause();
    }
    return reason == null ? "unknown" : reason;
  }
}
