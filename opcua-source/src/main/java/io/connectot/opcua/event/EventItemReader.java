// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import io.connectot.core.model.Gap;
import io.connectot.core.model.SourceEvent;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** Reads the events of one item, in their order. For one thread. */
interface EventItemReader {

  /**
   * Reads an event.
   *
   * @param event its fields
   * @param receivedNanos when it came, epoch nanoseconds
   */
  Outcome read(Variant[] event, long receivedNanos);

  /**
   * What tells that events are missing.
   *
   * @param fromNanos since when, epoch nanoseconds
   * @param toNanos until when
   * @param cause in words for an operator
   * @return empty when they are not missed
   */
  default Optional<Gap> gap(long fromNanos, long toNanos, String cause) {
    return Optional.empty();
  }

  /**
   * What an event becomes.
   *
   * @param events in order, possibly none
   * @param refreshRequired whether the server wants that alarms are refreshed
   */
  record Outcome(List<SourceEvent> events, boolean refreshRequired) {
    static final Outcome NOTHING = new Outcome(List.of(), false);
    static final Outcome REFRESH = new Outcome(List.of(), true);
  }
}
