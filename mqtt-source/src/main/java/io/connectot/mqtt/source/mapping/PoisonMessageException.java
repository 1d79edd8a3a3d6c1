// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

/** A message cannot be read. The text contains topic, subscription, cause and remedy. */
public final class PoisonMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  public PoisonMessageException(String message, Throwable cause) {
    super(message, cause);
  }
}
