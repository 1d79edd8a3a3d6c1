// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The message for an exception that a protocol should not throw. */
final class UnexpectedFailure {
  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFailure.class);

  private UnexpectedFailure() {}

  /** Leaves out the exception's own message, which may quote a URL with its password. */
  static String message(String what, RuntimeException e) {
    LOG.debug("Could not read a {}", what, e);
    return "the "
        + what
        + " cannot be parsed ("
        + e.getClass().getSimpleName()
        + "); check its syntax";
  }
}
