// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.record;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.model.Quality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads records that a JSON converter wrote, with or without schemas. Survives arbitrary bytes:
 * what it cannot read it leaves out. Thread-safe.
 */
public final class RecordParser {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final int MOST_ONCE = 20_000;
  private static final int LONGEST_ONCE = 100;

  /** Names, types, units and the like, which records repeat. */
  private final ConcurrentMap<String, String> known = new ConcurrentHashMap<>();

  /** The columns of a row that are no tags. */
  private static final Set<String> ROW_COLUMNS =
      Set.of(
          "path",
          "device",
          "tag",
          "protocol",
          "connector",
          "event_time",
          "event_time_ns",
          "ingest_time",
          "quality",
          "tag_qualities",
          "attributes",
          "is_historical");

  private static final List<String> VALUES =
      List.of("value_boolean", "value_long", "value_double", "value_string", "value_bytes");

  private static final int LONGEST_TEXT = 1_000;

  /**
   * The content of a record: several values for a row, nothing for a record that is none of the
   * connectors or not JSON.
   */
  public List<PlantRecord> parse(ConsumerRecord<byte[], byte[]> record) {
    String kind = header(record, "ot.record");
    if (kind == null || record.value() == null) {
      return List.of();
    }
    JsonNode value = json(record.value());
    if (kind.equals("deadletter")) {
      return List.of(deadLetter(record));
    }
    if (value == null) {
      return List.of();
    }
    return switch (kind) {
      case "status" -> one(value, status(value));
      case "gap" -> one(value, gap(value));
      case "event" -> one(value, event(value));
      case "measurement" -> measurement(record, value);
      default -> List.of();
    };
  }

  private static List<PlantRecord> one(JsonNode value, PlantRecord record) {
    return value.path("path").isTextual() ? List.of(record) : List.of();
  }

  /** Parses a value; returns null if it is not JSON. */
  private static JsonNode json(byte[] value) {
    try {
      JsonNode node = JSON.readTree(value);
      boolean enveloped =
          node != null && node.size() == 2 && node.has("schema") && node.has("payload");
      return enveloped ? node.path("payload") : node;
    } catch (IOException e) {
      return null;
    }
  }

  private List<PlantRecord> measurement(ConsumerRecord<byte[], byte[]> record, JsonNode value) {
    if (value.has("tag_qualities")) {
      return row(record, value);
    }
    if (value.has("event_time_ns") && value.path("path").isTextual()) {
      return List.of(single(record, value));
    }
    String path = header(record, "ot.path");
    return path == null ? List.of() : List.of(valueOnly(record, path, value));
  }

  /** The same text for equal ones, of which a plant has few: they are kept once. */
  private String once(String text) {
    if (text == null || text.length() > LONGEST_ONCE) {
      return text;
    }
    if (known.size() >= MOST_ONCE) {
      known.clear();
    }
    String before = known.putIfAbsent(text, text);
    return before == null ? text : before;
  }

  private PlantRecord single(ConsumerRecord<byte[], byte[]> record, JsonNode value) {
    JsonNode found = null;
    for (String column : VALUES) {
      if (value.hasNonNull(column)) {
        found = value.get(column);
      }
    }
    return new PlantRecord.TagValue(
        value.path("path").asText(),
        once(value.path("device").asText()),
        once(text(value, "tag")),
        once(text(value, "protocol")),
        once(value.path("connector").asText()),
        shown(found),
        number(found),
        once(text(value, "type")),
        quality(text(value, "quality")),
        once(text(value, "status")),
        once(text(value, "unit")),
        time(value, "event_time", record.timestamp()),
        value.path("is_historical").asBoolean(),
        new RecordText(record.value()));
  }

  private List<PlantRecord> row(ConsumerRecord<byte[], byte[]> record, JsonNode value) {
    JsonNode qualities =
        value.hasNonNull("tag_qualities")
            ? json(value.path("tag_qualities").asText().getBytes(StandardCharsets.UTF_8))
            : null;
    RecordText whole = new RecordText(record.value());
    List<PlantRecord> tags = new ArrayList<>();
    for (Map.Entry<String, JsonNode> column : value.properties()) {
      if (ROW_COLUMNS.contains(column.getKey())) {
        continue;
      }
      String own = qualities == null ? null : text(qualities, column.getKey());
      tags.add(
          new PlantRecord.TagValue(
              value.path("path").asText() + "/" + column.getKey(),
              once(value.path("device").asText()),
              once(column.getKey()),
              once(text(value, "protocol")),
              once(value.path("connector").asText()),
              shown(column.getValue()),
              number(column.getValue()),
              null,
              own == null ? Quality.GOOD : quality(own),
              null,
              null,
              time(value, "event_time", record.timestamp()),
              value.path("is_historical").asBoolean(),
              whole));
    }
    return tags;
  }

  /** The layout {@code value}: the headers have what the value does not say. */
  private PlantRecord valueOnly(
      ConsumerRecord<byte[], byte[]> record, String path, JsonNode value) {
    return new PlantRecord.TagValue(
        path,
        once(orEmpty(header(record, "ot.device"))),
        once(header(record, "ot.tag")),
        once(header(record, "ot.protocol")),
        once(orEmpty(header(record, "ot.connector"))),
        shown(value),
        number(value),
        once(header(record, "ot.type")),
        quality(header(record, "ot.quality")),
        once(header(record, "ot.status")),
        once(header(record, "ot.unit")),
        Instant.ofEpochMilli(record.timestamp()),
        "true".equals(header(record, "ot.is_historical")),
        new RecordText(record.value()));
  }

  private static PlantRecord status(JsonNode value) {
    return new PlantRecord.DeviceState(
        value.path("path").asText(),
        value.path("device").asText(),
        text(value, "protocol"),
        value.path("connector").asText(),
        value.path("state").asText(),
        text(value, "cause"),
        text(value, "endpoint"),
        time(value, "since", 0),
        time(value, "valid_until", 0));
  }

  private static PlantRecord gap(JsonNode value) {
    return new PlantRecord.Gap(
        value.path("path").asText(),
        value.path("device").asText(),
        text(value, "tag"),
        value.path("connector").asText(),
        value.hasNonNull("gap_start") ? time(value, "gap_start", 0) : null,
        time(value, "gap_end", 0),
        text(value, "cause"),
        value.path("filled").asBoolean());
  }

  private static PlantRecord event(JsonNode value) {
    return new PlantRecord.DeviceEvent(
        value.path("path").asText(),
        value.path("device").asText(),
        value.path("connector").asText(),
        text(value, "event_type"),
        value.path("severity").asInt(),
        text(value, "message"),
        value.hasNonNull("active") ? value.path("active").asBoolean() : null,
        time(value, "event_time", 0));
  }

  private static PlantRecord deadLetter(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder reason = new StringBuilder();
    for (Header header : record.headers()) {
      if (header.key().endsWith("reason")
          || header.key().endsWith("error")
          || header.key().equals("mqtt.topic")) {
        reason.append(header.key()).append('=').append(decode(header)).append(' ');
      }
    }
    return new PlantRecord.DeadLetter(
        record.topic(),
        orEmpty(header(record, "ot.connector")),
        reason.toString().trim(),
        Instant.ofEpochMilli(record.timestamp()));
  }

  private static String text(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.get(field).asText() : null;
  }

  private static String shown(JsonNode value) {
    if (value == null || value.isNull() || value.isMissingNode()) {
      return null;
    }
    String text = value.isValueNode() ? value.asText() : value.toString();
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }

  private static double number(JsonNode value) {
    if (value != null && value.isNumber()) {
      return value.asDouble();
    }
    if (value != null && value.isBoolean()) {
      return value.asBoolean() ? 1 : 0;
    }
    return Double.NaN;
  }

  private static Quality quality(String name) {
    for (Quality quality : Quality.values()) {
      if (quality.name().equals(name)) {
        return quality;
      }
    }
    return Quality.UNCERTAIN;
  }

  private static Instant time(JsonNode value, String field, long otherwise) {
    return Instant.ofEpochMilli(value.path(field).asLong(otherwise));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : decode(header);
  }

  /** Header converters write text with or without quotes. */
  private static String decode(Header header) {
    if (header.value() == null) {
      return "";
    }
    String text = new String(header.value(), StandardCharsets.UTF_8);
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
