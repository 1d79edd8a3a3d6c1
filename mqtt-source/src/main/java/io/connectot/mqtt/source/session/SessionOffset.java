// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the worker keeps of a session, beside the position that the broker keeps itself: what it is
 * subscribed to, until when it was seen, and how many tasks have sessions. Partition {@code
 * {client_id}}, offset {@code {filters, seen_ms, tasks}}.
 *
 * @param filters in the broker's words
 * @param seenMillis when it was last seen connected and subscribed to them, epoch milliseconds
 * @param tasks how many tasks had sessions then
 */
public record SessionOffset(List<String> filters, long seenMillis, int tasks) {
  private static final String CLIENT_ID = "client_id";
  private static final String FILTERS = "filters";
  private static final String SEEN = "seen_ms";
  private static final String TASKS = "tasks";

  /** Stands between filters, none of which may hold it. */
  private static final String SEPARATOR = "\n";

  public SessionOffset {
    filters = List.copyOf(filters);
  }

  /** The partition of a client id. */
  public static Map<String, String> partition(String clientId) {
    return Map.of(CLIENT_ID, clientId);
  }

  /** Whose partition it is. */
  static String clientId(Map<String, String> partition) {
    return partition.get(CLIENT_ID);
  }

  /** The form in which the worker stores it; to be shared by many records. */
  public Map<String, Object> toMap() {
    return Map.of(FILTERS, String.join(SEPARATOR, filters), SEEN, seenMillis, TASKS, tasks);
  }

  /**
   * Reads what the worker stored; empty when there is nothing or it is none of ours.
   *
   * @param offset null when the worker has none
   */
  public static Optional<SessionOffset> of(Map<String, ?> offset) {
    return offset != null
            && offset.get(FILTERS) instanceof String filters
            && offset.get(SEEN) instanceof Number seen
            && offset.get(TASKS) instanceof Number tasks
        ? Optional.of(
            new SessionOffset(
                filters.isEmpty() ? List.of() : List.of(filters.split(SEPARATOR)),
                seen.longValue(),
                tasks.intValue()))
        : Optional.empty();
  }

  /**
   * Checks what an operator wants to store.
   *
   * @param offset null to forget the client id, which is allowed for any partition, so that garbage
   *     can be cleaned up
   * @throws ConfigException saying what is wrong and what it must be
   */
  public static void check(Map<String, ?> partition, Map<String, ?> offset) {
    if (offset == null) {
      return;
    }
    if (partition == null
        || partition.size() != 1
        || !(partition.get(CLIENT_ID) instanceof String clientId)
        || clientId.isEmpty()) {
      throw new ConfigException(
          "The partition " + partition + " must be {\"client_id\": \"<id>\"} and nothing else");
    }
    boolean valid =
        offset.size() == 3
            && offset.get(FILTERS) instanceof String
            && isWhole(offset.get(SEEN))
            && isWhole(offset.get(TASKS));
    if (!valid) {
      throw new ConfigException(
          "The offset "
              + offset
              + " of client id "
              + clientId
              + " must be {\"filters\": \"<filter>\\n<filter>…\", \"seen_ms\": <milliseconds since"
              + " 1970>, \"tasks\": <number of tasks>} and nothing else");
    }
  }

  private static boolean isWhole(Object value) {
    return (value instanceof Long || value instanceof Integer) && ((Number) value).longValue() >= 0;
  }
}
