// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.subscription.AckLedger.Message;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * A live value that waits until what came before it was read from history.
 *
 * @param ticks when it held
 * @param hash its hash
 * @param position where it stands in its subscription
 * @param receivedNanos when it came, epoch nanoseconds
 * @param message the message it came in, which it holds open
 * @param overflowed why values right before it are missing; null when none are
 */
record BufferedValue(
    DataValue value,
    long ticks,
    long hash,
    NotificationPosition position,
    long receivedNanos,
    Message message,
    String overflowed) {

  /** The same value, when what is missing before it was read. */
  BufferedValue withoutGap() {
    return new BufferedValue(value, ticks, hash, position, receivedNanos, message, null);
  }

  int picoseconds() {
    return NodeState.picoseconds(value);
  }
}
