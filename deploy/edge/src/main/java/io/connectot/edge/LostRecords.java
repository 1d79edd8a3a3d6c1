// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import io.connectot.core.mapping.event.GapSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;

/**
 * Records that are deleted before they are replicated, and the gap records that say so: one for
 * each path. For one thread.
 */
final class LostRecords {
  private final Map<String, Span> spans = new TreeMap<>();
  private final JsonConverter converter = new JsonConverter();
  private long count;

  /** What is lost of one path. */
  private static final class Span {
    private final String device;
    private final String tag;
    private final String protocol;
    private final String connector;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long count;

    Span(ConsumerRecord<byte[], byte[]> record, String path) {
      device = text(record.headers(), "ot.device", path);
      tag = text(record.headers(), "ot.tag", null);
      protocol = text(record.headers(), "ot.protocol", "kafka");
      connector = text(record.headers(), "ot.connector", UplinkConnectors.UP);
    }
  }

  LostRecords() {
    converter.configure(Map.of("schemas.enable", "false"), false);
  }

  /** Notes a record. */
  void add(ConsumerRecord<byte[], byte[]> record) {
    String path = path(record);
    Span span = spans.computeIfAbsent(path, p -> new Span(record, p));
    span.first = Math.min(span.first, record.timestamp());
    span.last = Math.max(span.last, record.timestamp());
    span.count++;
    count++;
  }

  /** The path of the header, else the key, else the topic. */
  private static String path(ConsumerRecord<byte[], byte[]> record) {
    String key =
        record.key() == null ? record.topic() : new String(record.key(), StandardCharsets.UTF_8);
    return text(record.headers(), "ot.path", key);
  }

  private static String text(Headers headers, String name, String otherwise) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? otherwise
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** The number of records. */
  long count() {
    return count;
  }

  /**
   * The gap records.
   *
   * @param end the time up to which records are deleted
   */
  List<ProducerRecord<byte[], byte[]>> gaps(String topic, long end) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    spans.forEach(
        (path, span) -> records.add(gap(topic, path, span, Math.max(end, span.last + 1))));
    return records;
  }

  private ProducerRecord<byte[], byte[]> gap(String topic, String path, Span span, long end) {
    Struct gap =
        new Struct(GapSchema.SCHEMA)
            .put("path", path)
            .put("device", span.device)
            .put("tag", span.tag)
            .put("protocol", span.protocol)
            .put("connector", span.connector)
            // A gap is an open interval: it begins before the first record that is missing.
            .put("gap_start", new Date(span.first - 1))
            .put("gap_end", new Date(end))
            .put(
                "cause",
                "disk.limit of the edge box was reached before the uplink was back; records"
                    + " deleted: "
                    + span.count)
            .put("missed_scans", null)
            .put("filled", false);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            null,
            end,
            path.getBytes(StandardCharsets.UTF_8),
            converter.fromConnectData(topic, GapSchema.SCHEMA, gap));
    record.headers().add("ot.record", "gap".getBytes(StandardCharsets.UTF_8));
    record.headers().add("ot.path", path.getBytes(StandardCharsets.UTF_8));
    return record;
  }
}
