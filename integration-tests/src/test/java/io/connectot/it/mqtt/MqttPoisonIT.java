// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.mqtt.fixture.CountingPublisher;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.mqtt.fixture.SequenceTally;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Messages that cannot be read or written are mixed with valid ones: the valid ones arrive, and the
 * broker receives an acknowledgement of every message. The messages of one publisher are not gzip.
 */
@Tag("peers")
@ExtendWith(SharedSite.class)
class MqttPoisonIT {
  private static final Duration LIMIT = CountedSource.LIMIT;
  private static final int POISON = 10_000;
  private static final int GOOD = 5_000;

  private final Site site;
  private final Sequences good = new Sequences(1, GOOD);
  private MqttBroker broker;
  private String name;
  private SequenceTally tally;
  private Map<String, String> config;

  MqttPoisonIT(Site site) {
    this.site = site;
  }

  @BeforeEach
  void prepare() {
    broker = MosquittoBroker.with(100);
    broker.start();
    name = site.uniqueName("poison");
    tally = new SequenceTally(site.bootstrapServers(), name, good);
    config = MqttSetup.source(name, broker.url(), 5);
    config.put("subscriptions.good", name + "/good/+ qos=1 format=bytes");
    config.put("subscriptions.bad", name + "/bad/+ qos=1 format=bytes compression=gzip");
  }

  @AfterEach
  void cleanUp() {
    // They are null where the test was skipped for want of a broker.
    if (tally != null) {
      site.rest().delete(name);
      tally.close();
      broker.close();
    }
  }

  @Test
  void skipsPoison() {
    config.put("mqtt.poison", "skip");
    create();
    publishBoth();
    assertGoodCame("poison skipped");
    assertWindowIsWhole();
    try (WorkerJmx jmx = site.worker().jmx()) {
      assertThat(jmx.pluginMetrics(name, 0))
          .hasEntrySatisfying(
              "message-without-record-total",
              count -> assertThat(count).isGreaterThanOrEqualTo(POISON));
    }
  }

  @Test
  void writesPoisonToTheDeadLetterTopic() {
    config.put("mqtt.poison", "deadletter");
    config.put("mqtt.deadletter.topic", name + ".dead");
    create();
    Sequences dead = new Sequences(1, POISON);
    try (SequenceTally letters =
        new SequenceTally(site.bootstrapServers(), name + "\\.dead", dead)) {
      publishBoth();
      assertGoodCame("poison to the dead-letter topic, what could be read");
      Sequences.Count count =
          letters.awaitAll(LIMIT).print("poison to the dead-letter topic, what could not");
      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.duplicated()).as("duplicated").isZero();
    }
    assertWindowIsWhole();
  }

  @Test
  void failsAtPoisonAndGoesOnWhenToldTo() {
    config.put("mqtt.poison", "fail");
    create();
    publishBoth();
    await("the task to fail")
        .atMost(LIMIT)
        .until(() -> site.rest().status(name).taskStates().contains("FAILED"));
    assertThat(site.rest().status(name).failure()).contains(name + "/bad/0").contains("bad");
    config.put("mqtt.poison", "skip");
    assertThat(site.rest().put(name, config).isSuccess()).isTrue();
    assertGoodCame("poison failed the task, then skipped");
    assertWindowIsWhole();
  }

  /** The transformation accepts only structures and maps. */
  @Test
  void acknowledgesWhatATransformationRefuses() {
    config.put("subscriptions.bad", name + "/bad/+ qos=1 format=bytes topic=" + name + ".bad");
    config.put("transforms", "mask");
    config.put("transforms.mask.type", "org.apache.kafka.connect.transforms.MaskField$Value");
    config.put("transforms.mask.fields", "secret");
    config.put("transforms.mask.predicate", "bad");
    config.put("predicates", "bad");
    config.put(
        "predicates.bad.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
    config.put("predicates.bad.pattern", name + "\\.bad");
    config.put("errors.tolerance", "all");
    create();
    publishBoth();
    assertGoodCame("refused by a transformation");
    assertWindowIsWhole();
  }

  /** The converter accepts only bytes. */
  @Test
  void isNotCreatedWithAConverterThatRefusesAFormat() {
    config.put("subscriptions.bad", name + "/bad/+ qos=1 format=string");
    config.put("errors.tolerance", "all");
    assertThat(site.rest().put(name, config).message())
        .contains("value.converter", "ByteArrayConverter", "subscriptions.bad");
  }

  private void create() {
    site.create(name, config, 1);
    tally.awaitSubscribed(broker.url(), name + "/good", 1, LIMIT);
  }

  private void publishBoth() {
    try (CountingPublisher bad =
            CountingPublisher.start(broker.url(), name + "/bad", 1, POISON, 0);
        CountingPublisher reading =
            CountingPublisher.start(broker.url(), name + "/good", 1, GOOD, 0)) {
      bad.awaitEnd(LIMIT);
      reading.awaitEnd(LIMIT);
    }
  }

  private void assertGoodCame(String what) {
    Sequences.Count count = tally.awaitAll(LIMIT).print(what);
    assertThat(count.lost()).as("lost").isZero();
    assertThat(count.outOfOrder()).as("out of order").isZero();
    assertThat(count.foreign()).as("not published as readable").isZero();
  }

  private void assertWindowIsWhole() {
    try (WorkerJmx jmx = site.worker().jmx()) {
      await("everything to be acknowledged")
          .atMost(LIMIT)
          .until(
              () -> jmx.pluginMetrics(name, 0).get(MqttSetup.UNACKNOWLEDGED),
              held -> held != null && held == 0);
    }
  }
}
