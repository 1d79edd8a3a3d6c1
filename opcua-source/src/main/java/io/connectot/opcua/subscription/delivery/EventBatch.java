// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.delivery;

import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.StreamSink;
import io.connectot.opcua.resume.NodeOffset;
import io.connectot.opcua.subscription.node.InFlightNotification;
import io.connectot.opcua.subscription.node.NodeState;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the events of notifications and of history, and hands them to the runtime in portions,
 * so that a message of many values does not need room for all of them at once. For one thread.
 */
public final class EventBatch {
  /** Small against the runtime's buffer, large against the cost of a call. */
  private static final int PORTION = 1000;

  /** For values of history: notifications after them must not be acknowledged before them. */
  private static final Ack HISTORY =
      new Ack() {
        @Override
        public void delivered() {
          // The server does not wait for an acknowledgement.
        }

        @Override
        public void stale() {
          // History can be read again.
        }
      };

  private final StreamSink sink;
  private List<Message> messages = new ArrayList<>();
  private List<SourceEvent> events = new ArrayList<>();
  private int size;

  /** The notification that the events come from; null for history. */
  private InFlightNotification current;

  /** The states whose values are in the batch, and the offsets of those values. */
  private final List<NodeState> states = new ArrayList<>(PORTION);

  private final List<NodeOffset> offsets = new ArrayList<>(PORTION);

  /** Called when the events before were handed over. */
  private final List<Runnable> callbacks = new ArrayList<>();

  /**
   * @param sink receives the messages
   */
  public EventBatch(StreamSink sink) {
    this.sink = sink;
  }

  /** The events that follow come from a notification. */
  public void begin(InFlightNotification notification) {
    if (!events.isEmpty()) {
      close(HISTORY);
    }
    current = notification;
  }

  /** Ends the notification: its hold ends when Kafka has its events. */
  public void end() {
    close(current);
    current = null;
  }

  private void close(Ack ack) {
    messages.add(new Message(events, ack, null));
    events = new ArrayList<>();
  }

  /** Adds an event that is not a value. */
  void add(SourceEvent event) throws InterruptedException {
    events.add(event);
    size++;
    if (size >= PORTION) {
      flush();
    }
  }

  /** Calls something when everything that was added before is handed over. */
  void then(Runnable callback) {
    callbacks.add(callback);
  }

  /**
   * Adds a value of a node.
   *
   * @param offset the offset of the value
   */
  void add(SourceEvent event, NodeState state, NodeOffset offset) throws InterruptedException {
    states.add(state);
    offsets.add(offset);
    add(event);
  }

  /**
   * Hands over the events. Waits while the buffer is full.
   *
   * @throws InterruptedException when the connection or the task is over: then none was delivered
   */
  public void flush() throws InterruptedException {
    if (!events.isEmpty()) {
      if (current != null) {
        current.retain();
      }
      close(current == null ? HISTORY : current);
    }
    if (messages.isEmpty()) {
      return;
    }
    sink.deliver(messages);
    messages = new ArrayList<>();
    size = 0;
    for (int i = 0; i < states.size(); i++) {
      states.get(i).confirm(offsets.get(i));
    }
    states.clear();
    offsets.clear();
    callbacks.forEach(Runnable::run);
    callbacks.clear();
  }
}
