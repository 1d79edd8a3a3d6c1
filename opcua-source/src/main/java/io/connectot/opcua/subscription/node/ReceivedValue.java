// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.opcua.resume.NotificationPosition;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * A value as it arrived, by a subscription or a read. While it is buffered, its message is not
 * acknowledged.
 *
 * @param ticks its time
 * @param hash its hash
 * @param position its position in its subscription
 * @param receivedNanos when it arrived, epoch nanoseconds
 * @param message the notification that it arrived in
 * @param lossCause why values right before it are missing; null when none are
 */
public record ReceivedValue(
    DataValue value,
    long ticks,
    long hash,
    NotificationPosition position,
    long receivedNanos,
    InFlightNotification message,
    String lossCause) {
  /** The same value, when others are missing right before it. */
  ReceivedValue afterLoss(String why) {
    return lossCause != null
        ? this
        : new ReceivedValue(value, ticks, hash, position, receivedNanos, message, why);
  }

  /** The same value, when what is missing before it is read from history. */
  ReceivedValue noLoss() {
    return lossCause == null
        ? this
        : new ReceivedValue(value, ticks, hash, position, receivedNanos, message, null);
  }
}
