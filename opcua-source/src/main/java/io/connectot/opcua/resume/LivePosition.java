// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

/**
 * Where a value stands among the notifications of a subscription (OPC UA Part 4 §5.14.1).
 *
 * @param subscription which subscription; null for none
 * @param sequence the number of the notification message, 0 before the first
 * @param item the number of the value in the message
 */
public record LivePosition(SubscriptionKey subscription, long sequence, int item) {
  /** Of a value that came by no subscription. */
  public static final LivePosition NONE = new LivePosition(null, 0, 0);

  /**
   * Whether a value of the same subscription is this one or came before it. Sequence numbers are
   * compared on their circle of 32 bits.
   */
  public boolean covers(SubscriptionKey other, long otherSequence, int otherItem) {
    if (subscription == null || sequence == 0 || !subscription.equals(other)) {
      return false;
    }
    int distance = (int) (sequence - otherSequence);
    return distance > 0 || (distance == 0 && otherItem <= item);
  }
}
