// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import io.connectot.benchmarks.endtoend.Measurements;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** What the messages of a {@link MqttFeeder} contain, all of the same length. */
enum MqttPayload {
  /** Eight bytes with {@link System#nanoTime}, then nothing but zeros. */
  BYTES {
    @Override
    void write(int number, ByteBuffer payload) {
      payload.putLong(System.nanoTime());
    }

    @Override
    String format() {
      return "format=bytes";
    }

    @Override
    Map<String, String> settings() {
      return Map.of("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    }

    @Override
    long age(byte[] record) {
      return System.nanoTime() - ByteBuffer.wrap(record).getLong();
    }
  },

  /** A JSON object with the time, a number and a text, which becomes one measurement. */
  JSON {
    @Override
    void write(int number, ByteBuffer payload) {
      String text =
          "{\"sent\":"
              + epochNanos()
              + ",\"value\":"
              + number % 1000 / 8.0
              + ",\"order\":\"A-4711\",\"running\":true}";
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      byte[] padded = Arrays.copyOf(bytes, payload.remaining());
      Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
      payload.put(padded);
    }

    @Override
    String format() {
      return "format=measurement value=/value time=/sent";
    }

    @Override
    Map<String, String> settings() {
      return Map.of(
          "value.converter",
          "org.apache.kafka.connect.json.JsonConverter",
          "value.converter.schemas.enable",
          "false");
    }

    @Override
    long age(byte[] record) {
      return epochNanos() - Measurements.eventTime(record);
    }
  };

  /**
   * Writes a payload.
   *
   * @param number counts the messages
   */
  abstract void write(int number, ByteBuffer payload);

  /** The options of a subscription. */
  abstract String format();

  /** The converter of a connector. */
  abstract Map<String, String> settings();

  /** The age of a record in nanoseconds, in the process of the feeder. */
  abstract long age(byte[] record);

  private static long epochNanos() {
    return Measurements.nanos(Instant.now());
  }
}
