// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.runtime;

import java.time.Duration;

/** What runs behind a task: the sessions of one protocol and everything that drives them. */
public interface SourceRuntime extends AutoCloseable {

  /** Starts; never waits for a device. */
  void start();

  /**
   * How long a task that stops waits for Kafka to confirm what the worker took, before {@link
   * #close}.
   */
  default Duration drainTimeout() {
    return Duration.ZERO;
  }

  /** Ends every session, thread and socket; returns within a few seconds. Idempotent. */
  @Override
  void close();
}
