// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.StreamSink;
import io.connectot.mqtt.source.mapping.InboundMessageMapper;
import io.connectot.mqtt.source.mapping.PoisonMessageException;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps the messages of a session and hands them to the runtime, many at a time. One thread at a
 * time: that of the current connection. What one connection could not hand over, the next does.
 */
final class MessageProcessor {
  private static final int MAX_MESSAGES = 500;
  private static final long MAX_BYTES = 1024 * 1024;

  private final InboundQueue queue;
  private final InboundMessageMapper mapper;
  private final TaskMetrics metrics;

  /** Taken from the queue; mapped up to {@link #next}. Guarded by this, like the fields below. */
  private final List<InFlightMessage> taken = new ArrayList<>();

  private int next;

  /** Mapped and not handed over. */
  private List<Message> mapped = new ArrayList<>();

  private final List<SourceEvent> events = new ArrayList<>();

  MessageProcessor(InboundQueue queue, InboundMessageMapper mapper, TaskMetrics metrics) {
    this.queue = queue;
    this.mapper = mapper;
    this.metrics = metrics;
  }

  /**
   * Processes messages until interrupted.
   *
   * @throws InterruptedException when the connection or the task ends
   * @throws PoisonMessageException when a message is to fail the task; earlier ones are handed over
   */
  synchronized void run(StreamSink sink) throws InterruptedException, PoisonMessageException {
    while (true) {
      process(sink);
      taken.clear();
      next = 0;
      queue.take(taken, events, MAX_MESSAGES, MAX_BYTES);
    }
  }

  private void process(StreamSink sink) throws InterruptedException, PoisonMessageException {
    if (!events.isEmpty()) {
      mapped.add(Message.of(List.copyOf(events)));
      events.clear();
    }
    try {
      for (; next < taken.size(); next++) {
        map(taken.get(next), sink);
      }
    } catch (PoisonMessageException e) {
      deliver(sink);
      throw e;
    }
    deliver(sink);
  }

  private void map(InFlightMessage message, StreamSink sink)
      throws InterruptedException, PoisonMessageException {
    InFlightMessage original = message.original();
    if (original != null && original.delivery() == null) {
      // The runtime must know the original before its redelivery.
      deliver(sink);
    }
    if (original != null && original.delivery() != null) {
      mapped.add(new Message(List.of(), message, original.delivery()));
      return;
    }
    Ack ack = message.message().qos() > 0 ? message : Ack.NONE;
    Message result = mapper.map(message.message(), message.receivedNanos(), ack);
    if (result.events().isEmpty()) {
      metrics.add(TaskMetric.MESSAGES_WITHOUT_RECORD, 1);
    }
    mapped.add(result);
  }

  private void deliver(StreamSink sink) throws InterruptedException {
    if (!mapped.isEmpty()) {
      sink.deliver(mapped);
      // The runtime keeps the list; the next one is likely to be as long.
      mapped = new ArrayList<>(mapped.size());
    }
  }
}
