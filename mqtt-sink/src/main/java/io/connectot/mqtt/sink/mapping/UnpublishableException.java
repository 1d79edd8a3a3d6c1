// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import org.apache.kafka.connect.errors.DataException;

/** No message can be made of a record. Its message says why and what to change. */
public final class UnpublishableException extends DataException {
  private static final long serialVersionUID = 1L;

  public UnpublishableException(String message) {
    super(message);
  }
}
