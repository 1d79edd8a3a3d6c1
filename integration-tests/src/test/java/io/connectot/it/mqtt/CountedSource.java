// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.TcpProxy;
import io.connectot.it.mqtt.fixture.CountingPublisher;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.mqtt.fixture.SequenceTally;
import io.connectot.quickstart.embedded.ConnectRest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A source that reads numbered messages from a broker through a faulty network; the publishers use
 * a direct connection. For one thread.
 */
final class CountedSource implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(2);

  private final Site site;
  private final MqttBroker broker;
  private final String name;
  private final int publishers;
  private final int each;
  private final TcpProxy network;
  private final SequenceTally tally;
  private final Map<String, String> config;

  /** Starts the broker and prepares the other parts. */
  CountedSource(Site site, MqttBroker broker, int version, int publishers, int each) {
    this.site = site;
    this.broker = broker;
    this.name = site.uniqueName("counted");
    this.publishers = publishers;
    this.each = each;
    broker.start();
    this.network = new TcpProxy(broker.port());
    this.tally = new SequenceTally(site.bootstrapServers(), name, new Sequences(publishers, each));
    this.config = new HashMap<>(MqttSetup.source(name, network.url(), version));
    for (int number = 0; number < publishers; number++) {
      config.put("subscriptions.s" + number, topic(number) + " qos=1 format=bytes");
    }
  }

  /** The name of the connector and the Kafka topic. */
  String name() {
    return name;
  }

  /** The root of the publisher's topics. */
  String topic(int publisher) {
    return name + "/" + publisher;
  }

  /** The configuration of the next {@link #create} or {@link #configure}. */
  Map<String, String> config() {
    return config;
  }

  TcpProxy network() {
    return network;
  }

  SequenceTally tally() {
    return tally;
  }

  /** Creates the connector and waits until it has subscribed. */
  CountedSource create(int tasks) {
    site.create(name, config, tasks);
    tally.awaitSubscribed(broker.url(), name, publishers, LIMIT);
    return this;
  }

  /** Changes the connector's configuration. */
  void configure() {
    ConnectRest.Response response = site.rest().put(name, config);
    assertThat(response.isSuccess()).as(response.message()).isTrue();
  }

  /** Subscribes with QoS 2 with the next {@link #create} or {@link #configure}. */
  CountedSource withQosTwo() {
    config.put("mqtt.qos2", "handshake");
    config.replaceAll((key, value) -> value.replace(" qos=1 ", " qos=2 "));
    return this;
  }

  /** Starts publishing with QoS 2, directly to the broker. */
  CountingPublisher publishWithQosTwo(int perSecond) {
    return CountingPublisher.start(broker.url(), name, 2, publishers, each, perSecond);
  }

  /** Starts publishing, directly to the broker. */
  CountingPublisher publish(int perSecond) {
    return CountingPublisher.start(broker.url(), name, publishers, each, perSecond);
  }

  /** Waits until the broker and Kafka have all messages, and checks that none is missing. */
  Sequences.Count awaitNothingLost(CountingPublisher publisher, String what) {
    publisher.awaitEnd(LIMIT);
    Sequences.Count count = tally.awaitAll(LIMIT).print(what);
    assertThat(count.lost()).as("lost").isZero();
    assertThat(count.foreign()).as("not sent by the publishers").isZero();
    return count;
  }

  @Override
  public void close() {
    site.rest().delete(name);
    tally.close();
    network.close();
    broker.close();
  }
}
