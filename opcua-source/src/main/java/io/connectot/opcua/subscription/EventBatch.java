// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.StreamSink;
import io.connectot.opcua.resume.NodeOffset;
import io.connectot.opcua.subscription.AckLedger.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers events and hands them to the runtime in portions, so that one message of many values does
 * not need room for all of them at once. For one thread.
 */
final class EventBatch {
  /** Small against the runtime's buffer, large against the cost of handing over. */
  private static final int PORTION = 1000;

  private final StreamSink sink;
  private final AckLedger ledger;
  private List<SourceEvent> events = new ArrayList<>(PORTION);
  private final List<NodeState> states = new ArrayList<>(PORTION);
  private final List<NodeOffset> offsets = new ArrayList<>(PORTION);
  private final List<Runnable> deliveries = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();

  EventBatch(StreamSink sink, AckLedger ledger) {
    this.sink = sink;
    this.ledger = ledger;
  }

  /** Adds an event of no value of the server. */
  void add(SourceEvent event) throws InterruptedException {
    events.add(event);
    flushIfFull();
  }

  /**
   * Adds an event of no value of the server.
   *
   * @param delivered called when it was handed over
   */
  void add(SourceEvent event, Runnable delivered) throws InterruptedException {
    events.add(event);
    deliveries.add(delivered);
    flushIfFull();
  }

  /**
   * Adds a value.
   *
   * @param state whose it is
   * @param offset where it stands
   */
  void add(SourceEvent event, NodeState state, NodeOffset offset) throws InterruptedException {
    events.add(event);
    states.add(state);
    offsets.add(offset);
    flushIfFull();
  }

  /** Ends one hold of a message when Kafka has everything that was added before. */
  void release(Message message) {
    messages.add(message);
  }

  /**
   * Hands over what was added. Waits while the buffer is full.
   *
   * @throws InterruptedException when the connection or the task is over: then nothing of it was
   *     delivered
   */
  void flush() throws InterruptedException {
    if (events.isEmpty() && messages.isEmpty()) {
      return;
    }
    List<Message> held = List.copyOf(messages);
    sink.deliver(List.of(new io.connectot.core.spi.Message(events, ack(held), null)));
    for (int i = 0; i < states.size(); i++) {
      states.get(i).confirm(offsets.get(i));
    }
    deliveries.forEach(Runnable::run);
    messages.clear();
    events = new ArrayList<>(PORTION);
    states.clear();
    offsets.clear();
    deliveries.clear();
  }

  /** Events without a message are tracked too: the messages after them wait for them. */
  private Ack ack(List<Message> held) {
    return new Ack() {
      @Override
      public void delivered() {
        held.forEach(ledger::release);
      }

      @Override
      public void stale() {
        // The server sends them again, or keeps them for the next connection.
      }
    };
  }

  private void flushIfFull() throws InterruptedException {
    if (events.size() >= PORTION) {
      flush();
    }
  }
}
