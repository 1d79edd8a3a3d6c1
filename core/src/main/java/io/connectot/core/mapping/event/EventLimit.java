// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.event;

import io.connectot.core.mapping.LimitedMapper;
import io.connectot.core.mapping.ValueSize;
import io.connectot.core.mapping.record.JsonText;
import io.connectot.core.mapping.record.RecordLimit;
import io.connectot.core.mapping.record.RecordSize;
import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.TextValue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts what does not fit a record out of events: an event whose message or fields are too large
 * goes on without them. Immutable.
 */
final class EventLimit {
  /** For everything of a record but message and fields, and for its schema. */
  private static final int RESERVE = 16_000;

  /** The message takes at most this part of a record. */
  private static final int SHARE_OF_MESSAGE = 4;

  /** What a character of a message takes at most. */
  private static final int MOST_PER_CHAR = 6;

  private final long room;
  private final int maxBytes;

  EventLimit(RecordLimit limit) {
    this.maxBytes = limit.maxBytes();
    this.room = Math.max(0, (long) limit.maxBytes() - RESERVE);
  }

  /** The event itself if it fits. */
  DeviceEvent fit(DeviceEvent event) {
    Optional<String> message = event.message().map(this::cut);
    long left = room - message.map(RecordSize.LONGEST::of).orElse(0L);
    Map<String, Value> fields =
        atMost(event.fields()) <= left ? event.fields() : fit(event.fields(), left);
    return message.equals(event.message()) && fields == event.fields()
        ? event
        : new DeviceEvent(
            event.device(),
            event.type(),
            event.origin(),
            event.id(),
            event.timestampNanos(),
            event.receivedNanos(),
            event.severity(),
            message,
            event.condition(),
            event.refresh(),
            fields,
            event.position());
  }

  private String cut(String message) {
    long most = room / SHARE_OF_MESSAGE;
    return RecordSize.LONGEST.of(message) <= most
        ? message
        : message.substring(0, (int) (most / MOST_PER_CHAR)) + "...";
  }

  private static long atMost(Map<String, Value> fields) {
    long size = 0;
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      size += RecordSize.LONGEST.of(field.getKey()) + ValueSize.atMost(field.getValue());
    }
    return size;
  }

  /** Says of the largest fields only how large they are, until the others fit. */
  private Map<String, Value> fit(Map<String, Value> fields, long left) {
    List<String> bySize =
        fields.keySet().stream()
            .sorted(Comparator.comparingLong((String name) -> size(fields.get(name))).reversed())
            .toList();
    Map<String, Value> fitting = new LinkedHashMap<>(fields);
    long size = 0;
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      size += RecordSize.LONGEST.of(field.getKey()) + size(field.getValue());
    }
    for (String name : bySize) {
      if (size <= left) {
        break;
      }
      Value large = fields.get(name);
      size -= size(large);
      fitting.put(name, new TextValue(status(large)));
    }
    return fitting;
  }

  /** The fields are text with JSON, in which quotes are escaped again. */
  private static long size(Value value) {
    String json = JsonText.of(value);
    return RecordSize.LONGEST.of(json);
  }

  private String status(Value large) {
    return LimitedMapper.STATUS
        + " "
        + ValueSize.alone(large)
        + " bytes, "
        + RecordLimit.KEY
        + " is "
        + maxBytes;
  }
}
