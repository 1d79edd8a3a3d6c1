// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.core.spi.Ack;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One NotificationMessage of a subscription (OPC UA Part 4 §7.25), from its receipt until it may be
 * acknowledged: when the last hold ends. The handler has one hold until Kafka has the values that
 * it delivered; every portion of a large message and every buffered value has another. Thread-safe.
 */
public final class InFlightNotification implements Ack {
  /** Null for values that were polled: the server expects no acknowledgement. */
  private final UaSubscription subscription;

  private final long sequence;
  private final AtomicInteger holds = new AtomicInteger(1);

  /**
   * @param subscription null if no acknowledgement is expected
   */
  public InFlightNotification(UaSubscription subscription, long sequence) {
    this.subscription = subscription;
    this.sequence = sequence;
  }

  /** The subscription that published it. */
  public UaSubscription subscription() {
    return subscription;
  }

  /** The sequence number of the message. */
  public long sequence() {
    return sequence;
  }

  /** Adds a hold. */
  public void retain() {
    holds.incrementAndGet();
  }

  /** Ends a hold, of a value that is delivered some other way or not at all. */
  public void release() {
    if (holds.decrementAndGet() == 0 && subscription != null) {
      subscription.acknowledgeable(this);
    }
  }

  /** Whether all holds ended. */
  public boolean isDone() {
    return holds.get() == 0;
  }

  @Override
  public void delivered() {
    release();
  }

  @Override
  public void stale() {
    // The server keeps the message for the next connection.
  }
}
