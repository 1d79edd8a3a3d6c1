// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.read;

/** A command must not be sent. The message says why, and what to send or to configure instead. */
public final class CommandRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  public CommandRejectedException(String message) {
    super(message);
  }
}
