// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.SourceEvent;
import java.util.List;

/**
 * What came in one message of the field.
 *
 * @param events what the message holds, in order; empty for a message that becomes no record and is
 *     only to be acknowledged in its turn
 * @param ack is notified when Kafka has it; {@link Ack#NONE} for no one
 * @param redeliveryOf the argument of {@link Ack#accepted} when the same message came for the first
 *     time, or at any later time, on whatever connection of this session's predecessors; null for
 *     the first time. A redelivery has no events: it is done when the records of the first time are
 * @param decorator adds headers to the records of the measurements among the events
 */
public record Message(
    List<? extends SourceEvent> events, Ack ack, Delivery redeliveryOf, RecordDecorator decorator) {

  public Message {
    if (redeliveryOf != null && !events.isEmpty()) {
      throw new IllegalArgumentException("a redelivery has no events of its own");
    }
  }

  /** A message whose records have the headers of their tags only. */
  public Message(List<? extends SourceEvent> events, Ack ack, Delivery redeliveryOf) {
    this(events, ack, redeliveryOf, RecordDecorator.NONE);
  }

  /** Events without an acknowledgement. */
  public static Message of(List<? extends SourceEvent> events) {
    return new Message(events, Ack.NONE, null);
  }
}
