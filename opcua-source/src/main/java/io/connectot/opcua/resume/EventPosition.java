// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import io.connectot.core.model.SourcePosition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Up to where the events of one notifier are in Kafka: source partition {@code {"notifier":
 * "<device>/<node id>"}}. Immutable.
 *
 * @param partition {@link #partition(String, String)}
 * @param live the last event
 * @param item the client handle of its monitored item
 * @param receivedNanos when it came, epoch nanoseconds
 */
public record EventPosition(
    Map<String, String> partition, NotificationPosition live, long item, long receivedNanos)
    implements SourcePosition {
  private static final String NOTIFIER = "notifier";
  private static final String HANDLE = "handle";
  private static final String RECEIVED = "received_ns";

  /**
   * The source partition of the events of one notifier of one device: a single entry, as that of
   * {@link NodePartition}.
   */
  public static Map<String, String> partition(String device, String notifier) {
    return Map.of(NOTIFIER, device + '/' + notifier);
  }

  @Override
  public Map<String, ?> offset() {
    Map<String, Object> fields = new LinkedHashMap<>();
    live.writeTo(fields);
    fields.put(HANDLE, item);
    fields.put(RECEIVED, receivedNanos);
    return fields;
  }

  /**
   * Reads a stored offset.
   *
   * @param stored null when there is none
   * @return empty when there is none, or when it is none of ours
   */
  public static Optional<EventPosition> parse(
      Map<String, String> partition, Map<String, ?> stored) {
    NotificationPosition live =
        stored == null ? NotificationPosition.NONE : NotificationPosition.readFrom(stored);
    return live.subscription() == null || !(stored.get(HANDLE) instanceof Number handle)
        ? Optional.empty()
        : Optional.of(
            new EventPosition(
                partition,
                live,
                handle.longValue(),
                NotificationPosition.number(stored, RECEIVED)));
  }

  /**
   * Refuses an offset that an operator wants to store of events: no server sends them again from
   * some time on.
   *
   * @param partition of any kind
   * @throws ConnectException when it is one of events
   */
  static void refuse(Map<String, ?> partition) {
    if (partition != null && partition.keySet().equals(Set.of(NOTIFIER))) {
      throw new ConnectException(
          "The offset of "
              + partition
              + " can only be removed: events cannot be read again from an offset");
    }
  }
}
