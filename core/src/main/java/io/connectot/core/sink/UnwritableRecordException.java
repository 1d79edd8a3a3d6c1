// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import org.apache.kafka.connect.errors.DataException;

/** Nothing can be written for a record. The message names the cause and the remedy. */
public final class UnwritableRecordException extends DataException {
  private static final long serialVersionUID = 1L;

  public UnwritableRecordException(String message) {
    super(message);
  }
}
