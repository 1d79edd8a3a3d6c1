// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import org.apache.kafka.connect.header.Headers;

/** Adds what one message has beside its values to the headers of the records made of them. */
@FunctionalInterface
public interface RecordDecorator {
  /** Adds nothing. */
  RecordDecorator NONE = headers -> 0;

  /**
   * Adds headers. Called once for each record that is made of a measurement of the message.
   *
   * @param headers the record's own
   * @return roughly how many bytes of heap they take
   */
  int decorate(Headers headers);
}
