// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

/**
 * Thrown when a value or a schema has to be converted by Kafka's converter: because it is rare, or
 * because it does not fit and Kafka's converter throws the error. Has no stack trace.
 */
final class UnsupportedValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedValueException() {
    super("to be converted by Kafka's converter", null, false, false);
  }
}
