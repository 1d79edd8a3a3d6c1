// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.line;

/** A device or tag line that cannot work. Its message says what is wrong and what to write. */
public final class LineException extends Exception {
  private static final long serialVersionUID = 1L;

  public LineException(String message) {
    super(message);
  }
}
