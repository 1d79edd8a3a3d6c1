// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

/** A configuration that cannot be used; the message names the key, the cause and the remedy. */
final class EdgeConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  EdgeConfigException(String message) {
    super(message);
  }
}
