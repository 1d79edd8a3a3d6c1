// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.model.SourceEvent;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFieldList;

/** Takes the events of event items. For the thread that handles what the server publishes. */
@FunctionalInterface
public interface EventTarget {
  /** For sessions without event items. */
  EventTarget NONE = (event, receivedNanos, out) -> {};

  /**
   * Takes one event.
   *
   * @param receivedNanos when it came, epoch nanoseconds
   * @param out where what it becomes goes
   * @throws InterruptedException when the connection or the task is over
   */
  void event(EventFieldList event, long receivedNanos, Out out) throws InterruptedException;

  /** Takes what events become. */
  @FunctionalInterface
  interface Out {
    void add(SourceEvent event) throws InterruptedException;
  }
}
