// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes records whose every text would run if a page took it for markup or script. */
final class HostileRecords implements AutoCloseable {
  static final List<String> TEXTS =
      List.of(
          "<script>window.hacked=1<\\script>",
          "<img src=x onerror=window.hacked=1>",
          "\"><svg onload=window.hacked=1>",
          "'-window.hacked=1-'",
          "javascript:window.hacked=1",
          "${window.hacked=1}",
          "{{constructor.constructor('window.hacked=1')()}}",
          "__proto__",
          "&lt;b&gt;&#x3c;i>",
          "%3Cscript%3Ewindow.hacked=1",
          "..\\..\\etc\\passwd",
          "]]><!--");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaProducer<String, String> producer;

  HostileRecords(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new StringSerializer());
  }

  /** A measurement, a state and a gap, all of whose texts are one of {@link #TEXTS}. */
  void send(int number, String values, String states, String gaps) throws Exception {
    String text = TEXTS.get(number);
    long now = System.currentTimeMillis();
    send(
        values,
        "measurement",
        identity(text, true)
            .put("event_time", now)
            .put("event_time_ns", now * 1_000_000)
            .put("type", text)
            .put("value_string", "5 " + text)
            .put("quality", "BAD")
            .put("status", text)
            .put("unit", text)
            .put("is_historical", false));
    send(
        states,
        "status",
        identity(text, false)
            .put("state", "OFFLINE")
            .put("since", now)
            .put("cause", text + "; " + text)
            .put("endpoint", text)
            .put("valid_until", now + 3_600_000));
    send(
        gaps,
        "gap",
        identity(text, true)
            .put("gap_start", now - 1_000)
            .put("gap_end", now)
            .put("cause", text)
            .put("filled", false));
  }

  private static ObjectNode identity(String text, boolean tag) {
    return JSON.createObjectNode()
        .put("path", "hostile/" + text + (tag ? "/" + text : ""))
        .put("device", text)
        .put("tag", tag ? text : null)
        .put("protocol", text)
        .put("connector", text);
  }

  private void send(String topic, String kind, ObjectNode json) throws Exception {
    ProducerRecord<String, String> record = new ProducerRecord<>(topic, null, json.toString());
    record.headers().add("ot.record", kind.getBytes(StandardCharsets.UTF_8));
    producer.send(record).get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
