// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.mqtt.MqttSetup;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.mqtt.fixture.PersistentSubscriber;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes Kafka records to a broker. The subscriber connects directly to the broker. */
final class MqttSinkSubject extends MqttSubject {
  private final Duration pause;
  private final Map<String, String> config;
  private final PersistentSubscriber subscriber;
  private final KafkaProducer<byte[], byte[]> producer;

  /** Null between phases. */
  private Ticker ticker;

  MqttSinkSubject(
      String servers, String name, MqttBroker broker, OtherSide otherSide, Scale scale) {
    super("MQTT sink", name, broker, otherSide);
    this.pause = Duration.ofSeconds(SENDERS).dividedBy(scale.recordsPerSecond());
    this.config = MqttSetup.sink(name, network().url(), 5, "${topic}/${key}");
    this.subscriber = PersistentSubscriber.start(broker.url(), name + "/+", this::count);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", servers,
                "max.block.ms", "600000",
                "delivery.timeout.ms", "600000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @Override
  List<NewTopic> topics() {
    return List.of(new NewTopic(name(), SENDERS, (short) 1));
  }

  @Override
  Map<String, String> config() {
    return config;
  }

  /** Does not wait, because a sink reads records written before it started. */
  @Override
  void awaitReady() {}

  @Override
  Custody custody() {
    return Custody.PEER_ONCE_ACKNOWLEDGED;
  }

  @Override
  void startSending() {
    int[] numbers = new int[SENDERS];
    for (int sender = 0; sender < SENDERS; sender++) {
      numbers[sender] = next(sender);
    }
    ticker =
        new Ticker(
            pause,
            () -> {
              for (int sender = 0; sender < SENDERS; sender++) {
                send(sender, numbers[sender]++);
              }
            });
  }

  /** A record that Kafka rejects counts as missing at the subscriber. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(int sender, int number) {
    ledger().sent(sender, number);
    byte[] key = Integer.toString(sender).getBytes(StandardCharsets.US_ASCII);
    producer.send(new ProducerRecord<>(name(), sender, key, Sequences.payload(sender, number)));
  }

  @Override
  void stopSending() {
    ticker.stop();
    ticker = null;
    producer.flush();
  }

  @Override
  public void close() {
    if (ticker != null) {
      ticker.stop();
    }
    producer.close(Duration.ofSeconds(5));
    subscriber.close();
    super.close();
  }
}
