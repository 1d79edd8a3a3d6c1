// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.plant;

import io.connectot.console.record.RecordParser;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of a plant with many tags, fifty on a device and twenty devices in an area. */
public final class ManyTags {
  private final RecordParser parser = new RecordParser();
  private final PlantView view;
  private final int tags;
  private long time = 1_795_000_000_000L;

  /** Nothing is read yet. */
  public ManyTags(PlantView view, int tags) {
    this.view = view;
    this.tags = tags;
  }

  /** The path of a tag. */
  public static String path(int tag) {
    return "acme/munich/area" + tag / 1_000 + "/device" + tag / 50 + "/temperature" + tag;
  }

  /** A value of every tag, as it comes from a topic. */
  public void scan() {
    time += 1_000;
    for (int tag = 0; tag < tags; tag++) {
      String json =
          "{\"path\":\"%s\",\"device\":\"device%d\",\"tag\":\"temperature%d\","
                  .formatted(path(tag), tag / 50, tag)
              + "\"protocol\":\"modbus\",\"connector\":\"press-shop\",\"event_time\":"
              + time
              + ",\"event_time_ns\":"
              + time
              + "000000,\"ingest_time\":"
              + time
              + ",\"type\":\"FLOAT32\",\"value_boolean\":null,\"value_long\":null,\"value_double\":"
              + (time % 1_000_000 + tag) / 10.0
              + ",\"value_string\":null,\"value_bytes\":null,\"quality\":\"GOOD\",\"status\":null,"
              + "\"unit\":\"°C\",\"attributes\":null,\"is_historical\":false}";
      ConsumerRecord<byte[], byte[]> record =
          new ConsumerRecord<>("plant", 0, 0, null, json.getBytes(StandardCharsets.UTF_8));
      record.headers().add("ot.record", "measurement".getBytes(StandardCharsets.UTF_8));
      parser.parse(record).forEach(view::accept);
    }
  }
}
