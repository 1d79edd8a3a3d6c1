// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the worker keeps of a session, beside the position that the broker keeps itself: which
 * filters it is subscribed to, and until when it was seen. Partition {@code {client_id}}, offset
 * {@code {filters, since_ms, seen_ms}}.
 *
 * @param filters in the broker's words
 * @param sinceMillis when it was last subscribed to them, epoch milliseconds
 * @param seenMillis when messages were last taken from it, epoch milliseconds
 */
public record SessionOffset(List<String> filters, long sinceMillis, long seenMillis) {
  private static final String CLIENT_ID = "client_id";
  private static final String FILTERS = "filters";
  private static final String SINCE = "since_ms";
  private static final String SEEN = "seen_ms";

  /** Stands between filters, none of which may hold it. */
  private static final String SEPARATOR = "\n";

  public SessionOffset {
    filters = List.copyOf(filters);
  }

  /** The partition of a client id. */
  public static Map<String, String> partition(String clientId) {
    return Map.of(CLIENT_ID, clientId);
  }

  /** The form in which the worker stores it; to be shared by many records. */
  public Map<String, Object> toMap() {
    return Map.of(FILTERS, String.join(SEPARATOR, filters), SINCE, sinceMillis, SEEN, seenMillis);
  }

  /**
   * Reads what the worker stored; empty when there is nothing or it is none of ours.
   *
   * @param offset null when the worker has none
   */
  public static Optional<SessionOffset> of(Map<String, ?> offset) {
    return offset != null
            && offset.get(FILTERS) instanceof String filters
            && offset.get(SINCE) instanceof Number since
            && offset.get(SEEN) instanceof Number seen
        ? Optional.of(
            new SessionOffset(
                filters.isEmpty() ? List.of() : List.of(filters.split(SEPARATOR)),
                since.longValue(),
                seen.longValue()))
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
            && isTime(offset.get(SINCE))
            && isTime(offset.get(SEEN));
    if (!valid) {
      throw new ConfigException(
          "The offset "
              + offset
              + " of client id "
              + clientId
              + " must be {\"filters\": \"<filter>\\n<filter>…\", \"since_ms\": <milliseconds since"
              + " 1970>, \"seen_ms\": <the same>} and nothing else");
    }
  }

  private static boolean isTime(Object value) {
    return (value instanceof Long || value instanceof Integer) && ((Number) value).longValue() >= 0;
  }
}
