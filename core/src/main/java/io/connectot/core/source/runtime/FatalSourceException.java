// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.runtime;

import org.apache.kafka.connect.errors.ConnectException;

/** Fails the task: another attempt is pointless until something is corrected. */
public final class FatalSourceException extends ConnectException {
  private static final long serialVersionUID = 1L;

  public FatalSourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
