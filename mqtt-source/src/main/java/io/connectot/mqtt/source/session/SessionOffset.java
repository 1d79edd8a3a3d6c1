// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * The source offset of a session: what it is subscribed to, when it was last connected, and how
 * many tasks have sessions. The position in the message stream is kept by the broker. Partition
 * {@code {client_id}}, offset {@code {filters, seen_ms, tasks, generation}}.
 *
 * @param filters as sent to the broker
 * @param seenMillis when the session was last seen connected, epoch milliseconds of its worker
 * @param tasks number of tasks that had sessions then
 * @param generation start number of the task: higher than that of every offset stored before
 */
public record SessionOffset(List<String> filters, long seenMillis, int tasks, long generation) {
  private static final String CLIENT_ID = "client_id";
  private static final String FILTERS = "filters";
  private static final String SEEN = "seen_ms";
  private static final String TASKS = "tasks";
  private static final String GENERATION = "generation";

  /** Not allowed in a filter. */
  private static final String SEPARATOR = "\n";

  public SessionOffset {
    filters = List.copyOf(filters);
  }

  /** The partition of a client id. */
  public static Map<String, String> partition(String clientId) {
    return Map.of(CLIENT_ID, clientId);
  }

  /** The client id of a partition. */
  static String clientId(Map<String, String> partition) {
    return partition.get(CLIENT_ID);
  }

  /** The offset as the worker stores it. */
  public Map<String, Object> toMap() {
    return Map.of(
        FILTERS,
        String.join(SEPARATOR, filters),
        SEEN,
        seenMillis,
        TASKS,
        tasks,
        GENERATION,
        generation);
  }

  /**
   * Reads a stored offset; empty when there is none or it has another form.
   *
   * @param offset null when the worker has none
   */
  public static Optional<SessionOffset> of(Map<String, ?> offset) {
    return offset != null
            && offset.get(FILTERS) instanceof String filters
            && offset.get(SEEN) instanceof Number seen
            && offset.get(TASKS) instanceof Number tasks
            && offset.get(GENERATION) instanceof Number generation
        ? Optional.of(
            new SessionOffset(
                filters.isEmpty() ? List.of() : List.of(filters.split(SEPARATOR)),
                seen.longValue(),
                tasks.intValue(),
                generation.longValue()))
        : Optional.empty();
  }

  /**
   * Checks an offset that an operator sets.
   *
   * @param offset null to reset, which is allowed for any partition, so that garbage can be removed
   * @throws ConfigException naming the required form
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
        offset.size() == 4
            && offset.get(FILTERS) instanceof String
            && isWhole(offset.get(SEEN))
            && isWhole(offset.get(TASKS))
            && isWhole(offset.get(GENERATION));
    if (!valid) {
      throw new ConfigException(
          "The offset "
              + offset
              + " of client id "
              + clientId
              + " must be {\"filters\": \"<filter>\\n<filter>…\", \"seen_ms\": <milliseconds since"
              + " 1970>, \"tasks\": <number of tasks>, \"generation\": <number>} and nothing else");
    }
  }

  private static boolean isWhole(Object value) {
    return (value instanceof Long || value instanceof Integer) && ((Number) value).longValue() >= 0;
  }
}
