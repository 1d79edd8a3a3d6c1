// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.opcua.subscription.node.UaSubscription;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many messages the connector fetches ahead of Kafka: servers keep only so many until they are
 * acknowledged. What they drop before Kafka has it would be lost if the task died. For one thread.
 */
final class RetentionLimit {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionLimit.class);

  private final String url;
  private int inFlight = Integer.MAX_VALUE;

  RetentionLimit(String url) {
    this.url = url;
  }

  /** Maximum notifications in flight. */
  int inFlight() {
    return inFlight;
  }

  /**
   * Lowers the limit if the server has dropped a message in flight.
   *
   * @param available the sequence numbers of the messages that the server has; may be null
   */
  void check(UaSubscription subscription, UInteger[] available) {
    long oldestOpen = subscription.oldestInFlight();
    if (oldestOpen == 0 || available == null || available.length == 0) {
      return;
    }
    long oldest = available[0].longValue();
    for (UInteger sequence : available) {
      oldest =
          UaSubscription.distance(sequence.longValue(), oldest) < 0 ? sequence.longValue() : oldest;
    }
    if (UaSubscription.distance(oldest, oldestOpen) > 0 && available.length < inFlight) {
      inFlight = Math.max(1, available.length / 2);
      LOG.warn(
          "{} keeps only {} unacknowledged messages: the connector now fetches at most {} messages"
              + " ahead of Kafka",
          url,
          available.length,
          inFlight);
    }
  }
}
