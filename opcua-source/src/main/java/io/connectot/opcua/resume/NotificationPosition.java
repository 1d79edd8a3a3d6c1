// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import java.util.Map;
import java.util.Set;

/**
 * The position of a value in the notifications of a subscription (OPC UA Part 4 §5.14.1).
 *
 * @param subscription which subscription; null for none
 * @param sequence the number of the notification message, 0 before the first
 * @param item the number of the value in the message
 */
public record NotificationPosition(SubscriptionKey subscription, long sequence, int item) {
  private static final String SUBSCRIPTION = "subscription";
  private static final String SERVER_START = "server_start";
  private static final String PART = "part";
  private static final String SEQUENCE = "sequence";
  private static final String ITEM = "item";

  /** The fields of offsets that are positions. */
  static final Set<String> KEYS = Set.of(SUBSCRIPTION, SERVER_START, PART, SEQUENCE, ITEM);

  /** Of a value that came by no subscription. */
  public static final NotificationPosition NONE = new NotificationPosition(null, 0, 0);

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

  /** Adds it to the fields of an offset, where there is a subscription. */
  void writeTo(Map<String, Object> fields) {
    if (subscription != null) {
      fields.put(SUBSCRIPTION, subscription.id());
      fields.put(SERVER_START, subscription.serverStart());
      fields.put(PART, subscription.part());
      fields.put(SEQUENCE, sequence);
      fields.put(ITEM, (long) item);
    }
  }

  /** Reads it from a stored offset; {@link #NONE} when it has none. */
  public static NotificationPosition readFrom(Map<String, ?> stored) {
    if (!(stored.get(SUBSCRIPTION) instanceof Number id)
        || !(stored.get(PART) instanceof String part)) {
      return NONE;
    }
    return new NotificationPosition(
        new SubscriptionKey(id.longValue(), number(stored, SERVER_START), part),
        number(stored, SEQUENCE),
        (int) number(stored, ITEM));
  }

  /** A number of a stored offset; 0 when it has none. */
  static long number(Map<String, ?> stored, String key) {
    return stored.get(key) instanceof Number value ? value.longValue() : 0;
  }
}
