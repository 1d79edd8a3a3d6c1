// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes the commands of the round trip to Kafka, where the sink reads them. For one thread. */
final class Commands implements AutoCloseable {
  /** The topic that the example configuration of the sink reads. */
  private static final String TOPIC = "commands";

  private final RoundTrip roundTrip;
  private final KafkaProducer<String, String> producer;

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
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
