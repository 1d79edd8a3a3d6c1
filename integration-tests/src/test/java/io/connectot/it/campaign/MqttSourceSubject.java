// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.mqtt.MqttSetup;
import io.connectot.it.mqtt.fixture.CountingPublisher;
import io.connectot.it.mqtt.fixture.MqttBroker;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/** Reads QoS 1 messages into Kafka. The publishers connect directly to the broker. */
final class MqttSourceSubject extends MqttSubject {
  private final MqttBroker broker;
  private final int perSecond;
  private final Map<String, String> config;
  private final Collector collector;
  private CountingPublisher publisher;

  MqttSourceSubject(
      String servers, String name, MqttBroker broker, OtherSide otherSide, Scale scale) {
    super("MQTT source", name, broker, otherSide);
    this.broker = broker;
    this.perSecond = scale.mqttPerSecond();
    this.config = MqttSetup.source(name, network().url(), 5);
    for (int sender = 0; sender < SENDERS; sender++) {
      config.put("subscriptions.s" + sender, name + "/" + sender + " qos=1 format=bytes");
    }
    this.collector = new Collector(servers, name, record -> count(record.value()));
  }

  @Override
  List<NewTopic> topics() {
    return List.of(new NewTopic(name(), 1, (short) 1));
  }

  @Override
  Map<String, String> config() {
    return config;
  }

  @Override
  void awaitReady() {
    try (CountingPublisher probes =
        CountingPublisher.endless(
            broker.url(), name(), SENDERS, 20, (sender, number) -> Sequences.probe(sender))) {
      super.awaitReady();
      probes.finish(LIMIT);
    }
  }

  @Override
  Custody custody() {
    return Custody.PEER_UNTIL_ACKNOWLEDGED;
  }

  @Override
  void startSending() {
    int[] first = new int[SENDERS];
    for (int sender = 0; sender < SENDERS; sender++) {
      first[sender] = next(sender);
    }
    publisher =
        CountingPublisher.endless(
            broker.url(),
            name(),
            SENDERS,
            perSecond,
            (sender, message) -> {
              int number = first[sender] + message;
              ledger().sent(sender, number);
              return Sequences.payload(sender, number);
            });
  }

  @Override
  void stopSending() {
    publisher.finish(LIMIT);
    publisher.close();
  }

  @Override
  public void close() {
    if (publisher != null) {
      publisher.close();
    }
    collector.close();
    super.close();
  }
}
