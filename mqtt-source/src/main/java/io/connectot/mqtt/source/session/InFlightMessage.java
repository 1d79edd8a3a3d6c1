// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Delivery;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An inbound message until it is acknowledged. A redelivery over a later connection replaces it.
 * Thread-safe, except where a thread is named.
 */
final class InFlightMessage implements Ack {
  private final InboundMessage message;
  private final long receivedNanos;
  private final SessionConnection connection;

  /** Whether it occupies the in-flight window. */
  private final AtomicBoolean counted = new AtomicBoolean();

  /** The earlier arrival of the same message; null for none. Owned by the processing thread. */
  private InFlightMessage original;

  /** Null before it is delivered to the runtime. Owned by the processing thread. */
  private Delivery delivery;

  /**
   * @param receivedNanos epoch nanoseconds
   * @param original the same message received over an earlier connection; null for none
   */
  InFlightMessage(
      InboundMessage message,
      long receivedNanos,
      SessionConnection connection,
      InFlightMessage original) {
    this.message = message;
    this.receivedNanos = receivedNanos;
    this.connection = connection;
    this.original = original;
  }

  InboundMessage message() {
    return message;
  }

  long receivedNanos() {
    return receivedNanos;
  }

  SessionConnection connection() {
    return connection;
  }

  /** Its size in the in-flight window. */
  long bytes() {
    return (long) message.topic().length() + message.payload().length;
  }

  /** Whether another message with the same packet identifier is the same message. */
  boolean isRepeatedBy(InboundMessage other) {
    return message.topic().equals(other.topic())
        && Arrays.equals(message.payload(), other.payload());
  }

  /** The earlier arrival of the same message; null for none. */
  InFlightMessage original() {
    return original;
  }

  /** Null before it is delivered to the runtime. */
  Delivery delivery() {
    return delivery;
  }

  /** Marks it as counted by the window. */
  void count() {
    counted.set(true);
  }

  /** Marks it as no longer counted. True the first time. */
  boolean uncount() {
    return counted.compareAndSet(true, false);
  }

  @Override
  public void accepted(Delivery its) {
    delivery = its;
    original = null;
  }

  @Override
  public void delivered() {
    connection.acknowledge(this);
  }

  @Override
  public void stale() {
    connection.stale(this);
  }
}
