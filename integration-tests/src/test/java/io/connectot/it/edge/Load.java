// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.edge;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes measurements into the box's Kafka as a connector does, with a sequence number per key, in
 * its own thread. The methods are for one other thread.
 */
final class Load implements AutoCloseable {
  /** The topic. */
  static final String TOPIC = "plant.load";

  /** The number of keys. */
  static final int KEYS = 200;

  private final KafkaProducer<String, byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private Thread thread;

  Load(String bootstrapServers, String compression) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "compression.type", compression,
                "linger.ms", "50",
                "batch.size", "65536",
                "delivery.timeout.ms", "600000",
                "max.block.ms", "600000"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /**
   * Begins to write records.
   *
   * @param count the number of records
   * @param perSecond the rate
   */
  void start(long count, long perSecond) {
    thread = new Thread(() -> write(count, perSecond), "load");
    thread.start();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told of every failure.
  private void write(long count, long perSecond) {
    long begin = System.nanoTime();
    for (long i = 0; i < count; i++) {
      while (System.nanoTime() - begin < i * 1_000_000_000L / perSecond) {
        LockSupport.parkNanos(1_000_000);
      }
      String key = "acme/hall/press/" + i % KEYS;
      producer.send(
          new ProducerRecord<>(TOPIC, key, value(key, i)),
          (metadata, e) -> {
            if (e != null) {
              failure.set(e);
            }
          });
    }
    producer.flush();
  }

  private static byte[] value(String key, long i) {
    long time = System.currentTimeMillis();
    return ("{\"path\":\""
            + key
            + "\",\"device\":\"press\",\"tag\":\"temperature\",\"protocol\":\"modbus\",\"connector\":\"load\",\"event_time\":"
            + time
            + ",\"event_time_ns\":"
            + time
            + "000000,\"ingest_time\":"
            + time
            + ",\"type\":\"FLOAT64\",\"value_boolean\":null,\"value_long\":null,\"value_double\":"
            + i % 97
            + ".25,\"value_string\":null,\"value_bytes\":null,\"quality\":\"GOOD\",\"status\":null,\"unit\":\"°C\""
            + ",\"attributes\":null,\"is_historical\":false,\"sequence\":"
            + i / KEYS
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Waits until Kafka has all records. */
  void join() throws InterruptedException {
    while (!endsWithin(Duration.ofMinutes(1))) {
      // The time limit is that of the test.
    }
  }

  /** Waits for a time; returns whether Kafka has all records. */
  boolean endsWithin(Duration limit) throws InterruptedException {
    thread.join(limit.toMillis());
    if (failure.get() != null) {
      throw new IllegalStateException("a record was not written", failure.get());
    }
    return !thread.isAlive();
  }

  @Override
  public void close() {
    producer.close();
  }
}
