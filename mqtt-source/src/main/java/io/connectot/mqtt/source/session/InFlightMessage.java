// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Delivery;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A message that arrived, until it is acknowledged. Once it comes again over another connection,
 * that arrival takes its place. Thread-safe, except where a thread is named.
 */
final class InFlightMessage implements Ack {
  private final InboundMessage message;
  private final long receivedNanos;
  private final SessionConnection link;

  /** Whether the window counts it. */
  private final AtomicBoolean counted = new AtomicBoolean();

  /** What came before and is the same; null when nothing did. Owned by the mapping thread. */
  private InFlightMessage original;

  /** Null until mapped. Owned by the mapping thread. */
  private Delivery delivery;

  /**
   * @param receivedNanos epoch nanoseconds
   * @param original the same message as it came over an earlier connection; null for none
   */
  InFlightMessage(
      InboundMessage message,
      long receivedNanos,
      SessionConnection link,
      InFlightMessage original) {
    this.message = message;
    this.receivedNanos = receivedNanos;
    this.link = link;
    this.original = original;
  }

  InboundMessage message() {
    return message;
  }

  long receivedNanos() {
    return receivedNanos;
  }

  SessionConnection link() {
    return link;
  }

  /** How much of the window it takes. */
  long bytes() {
    return (long) message.topic().length() + message.payload().length;
  }

  /** Whether it is the same message. Packet identifiers are known to be equal. */
  boolean isRepeatedBy(InboundMessage other) {
    return message.topic().equals(other.topic())
        && Arrays.equals(message.payload(), other.payload());
  }

  /** Whether it came before, and needs no records. */
  boolean isAdopted() {
    return original != null;
  }

  /** What its records, or those of its first coming, are a part of. */
  Delivery originalDelivery() {
    return original.delivery;
  }

  /** It is mapped. Lets go of what came before. */
  void mapped(Delivery its) {
    delivery = its;
    original = null;
  }

  /** Makes the window count it. */
  void count() {
    counted.set(true);
  }

  /** Takes it out of the count. True the first time. */
  boolean uncount() {
    return counted.compareAndSet(true, false);
  }

  @Override
  public void delivered() {
    link.acknowledge(this);
  }

  @Override
  public void stale() {
    link.late(this);
  }
}
