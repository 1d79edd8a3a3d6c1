// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes the commands of the round trip, the set points of a press and the rebirths of an edge node
 * to Kafka, where the sinks read them. For one thread.
 */
final class Commands implements AutoCloseable {
  /** The topic that the example configuration of the sink reads. */
  private static final String TOPIC = "commands";

  /** The topic that the example configuration of the OPC UA sink reads. */
  private static final String SET_POINTS = "setpoints";

  /** The topic that the example configuration of the Sparkplug sink reads. */
  private static final String REBIRTHS = "sparkplug.commands";

  private static final Duration SET_POINT_INTERVAL = Duration.ofSeconds(10);
  private static final Duration REBIRTH_INTERVAL = Duration.ofSeconds(30);

  private final RoundTrip roundTrip;
  private final KafkaProducer<String, String> producer;
  private long lastSetPoint = System.nanoTime() - SET_POINT_INTERVAL.toNanos();
  private long lastRebirth = System.nanoTime() - REBIRTH_INTERVAL.toNanos();
  private long setPoints;
  private long rebirths;

  Commands(String bootstrapServers, RoundTrip roundTrip) {
    this.roundTrip = roundTrip;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new StringSerializer());
  }

  /** Sends a command if one is due. The round trip reports a lost command as unanswered. */
  @SuppressWarnings("FutureReturnValueIgnored")
  void sendWhatIsDue() {
    roundTrip
        .due()
        .ifPresent(
            command -> producer.send(new ProducerRecord<>(TOPIC, RoundTrip.DEVICE, command)));
    if (System.nanoTime() - lastSetPoint >= SET_POINT_INTERVAL.toNanos()) {
      lastSetPoint = System.nanoTime();
      producer.send(new ProducerRecord<>(SET_POINTS, "hall1", setPoint(++setPoints)));
    }
    if (System.nanoTime() - lastRebirth >= REBIRTH_INTERVAL.toNanos()) {
      lastRebirth = System.nanoTime();
      producer.send(new ProducerRecord<>(REBIRTHS, "pressline", rebirth(++rebirths)));
    }
  }

  /** Two temperatures in turn. */
  private static String setPoint(long number) {
    return "{\"device\": \"hall1\", \"tag\": \"press1_setpoint\", \"value\": "
        + (number % 2 == 0 ? "85" : "95.5")
        + ", \"id\": \""
        + number
        + "\"}";
  }

  private static String rebirth(long number) {
    return "{\"device\": \"pressline\", \"tag\": \"rebirth\", \"value\": true, \"id\": \""
        + number
        + "\"}";
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
