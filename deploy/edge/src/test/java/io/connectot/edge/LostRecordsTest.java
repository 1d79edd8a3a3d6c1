// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LostRecordsTest {
  private static ConsumerRecord<byte[], byte[]> record(long time, String key, Headers headers) {
    return new ConsumerRecord<>(
        "plant.press1",
        0,
        0,
        time,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        new byte[0],
        headers,
        Optional.empty());
  }

  private static Headers identity() {
    Headers headers = new RecordHeaders();
    headers.add("ot.path", "acme/press1/t".getBytes(StandardCharsets.UTF_8));
    headers.add("ot.device", "press1".getBytes(StandardCharsets.UTF_8));
    headers.add("ot.tag", "t".getBytes(StandardCharsets.UTF_8));
    headers.add("ot.protocol", "modbus".getBytes(StandardCharsets.UTF_8));
    headers.add("ot.connector", "press-shop".getBytes(StandardCharsets.UTF_8));
    return headers;
  }

  private static JsonNode json(ProducerRecord<byte[], byte[]> gap) throws Exception {
    return new ObjectMapper().readTree(gap.value());
  }

  @Test
  void reportsOneGapForEachPath() throws Exception {
    LostRecords lost = new LostRecords();
    lost.add(record(5000, "k", identity()));
    lost.add(record(3000, "k", identity()));
    lost.add(record(4000, "other", new RecordHeaders()));
    List<ProducerRecord<byte[], byte[]>> gaps = lost.gaps("plant.gaps", 6000);
    assertThat(lost.count()).isEqualTo(3);
    assertThat(gaps).hasSize(2);
    ProducerRecord<byte[], byte[]> first = gaps.get(0);
    assertThat(first.topic()).isEqualTo("plant.gaps");
    assertThat(new String(first.key(), StandardCharsets.UTF_8)).isEqualTo("acme/press1/t");
    assertThat(first.headers().lastHeader("ot.record").value())
        .isEqualTo("gap".getBytes(StandardCharsets.UTF_8));
    JsonNode gap = json(first);
    assertThat(gap.path("device").asText()).isEqualTo("press1");
    assertThat(gap.path("tag").asText()).isEqualTo("t");
    assertThat(gap.path("protocol").asText()).isEqualTo("modbus");
    assertThat(gap.path("connector").asText()).isEqualTo("press-shop");
    assertThat(gap.path("gap_start").asLong()).isEqualTo(2999);
    assertThat(gap.path("gap_end").asLong()).isEqualTo(6000);
    assertThat(gap.path("cause").asText()).contains("disk.limit").endsWith("records deleted: 2");
    assertThat(gap.path("filled").asBoolean()).isFalse();
    assertThat(json(gaps.get(1)).path("path").asText()).isEqualTo("other");
  }

  @Test
  void takesTheTopicForRecordsWithoutKeyAndHeaders() throws Exception {
    LostRecords lost = new LostRecords();
    lost.add(record(7000, null, new RecordHeaders()));
    JsonNode gap = json(lost.gaps("plant.gaps", 6000).get(0));
    assertThat(gap.path("path").asText()).isEqualTo("plant.press1");
    assertThat(gap.path("gap_end").asLong()).as("after the last record").isEqualTo(7001);
  }
}
