// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.mqtt.fixture.CountingPublisher;
import io.connectot.it.mqtt.fixture.CountingSubscriber;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.mqtt.fixture.SequenceTally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same archive on workers of older Kafka: from MQTT into Kafka and out to MQTT again. */
class MqttOlderWorkersIT {
  private static final Duration LIMIT = CountedSource.LIMIT;
  private static final int PUBLISHERS = 2;
  private static final int EACH = 1_000;
  private static final double ALL = PUBLISHERS * EACH;

  @ParameterizedTest
  @ValueSource(strings = {"3.6", "3.9"})
  void messagesGoRoundAndNothingIsLeftBehind(String kafka) throws Exception {
    Path jars = Path.of("workers", "kafka-" + kafka, "target", "lib");
    Sequences inKafka = new Sequences(PUBLISHERS, EACH);
    Sequences back = new Sequences(PUBLISHERS, EACH);
    try (MqttBroker broker = new HiveMqBroker();
        Site site = Site.start(worker -> worker.jars(jars));
        WorkerJmx jmx = site.worker().jmx();
        SequenceTally tally = new SequenceTally(site.bootstrapServers(), "older", inKafka)) {
      broker.start();
      try (CountingSubscriber subscriber = CountingSubscriber.start(broker.url(), "back/#", back)) {
        site.create("source", MqttSetup.source("older", broker.url(), 5, "forth"), 1);
        tally.awaitSubscribed(broker.url(), "forth", PUBLISHERS, LIMIT);
        site.create("sink", MqttSetup.sink("older", broker.url(), 5, "back/${key}"), 1);
        try (CountingPublisher publisher =
            CountingPublisher.start(broker.url(), "forth", PUBLISHERS, EACH, 0)) {
          publisher.awaitEnd(LIMIT);
        }
        Sequences.Count count = tally.awaitAll(LIMIT).print("Kafka " + kafka + ", source");
        assertThat(count.lost()).as("lost").isZero();
        subscriber.awaitAll(LIMIT);
      }
      assertThat(back.count().outOfOrder()).as("out of order").isZero();
      awaitMetric(jmx, "source", "message-acknowledged-total");
      awaitMetric(jmx, "sink", "message-published-total");
      assertThat(jmx.beans("source")).anyMatch(bean -> bean.contains("source-task-metrics"));
      assertThat(jmx.beans("sink")).anyMatch(bean -> bean.contains("sink-task-metrics"));

      for (String name : List.of("source", "sink")) {
        site.rest().delete(name);
        await("threads to end")
            .atMost(LIMIT)
            .until(() -> jmx.threads("connect-ot-" + name + "-"), List::isEmpty);
        await("MBeans to go").atMost(LIMIT).until(() -> jmx.beans(name), List::isEmpty);
      }
    }
  }

  /** Counts follow what they count. */
  private static void awaitMetric(WorkerJmx jmx, String connector, String metric) {
    await(metric)
        .atMost(LIMIT)
        .until(
            () -> jmx.pluginMetrics(connector, 0),
            (Map<String, Double> metrics) -> metrics.getOrDefault(metric, 0.0) >= ALL);
  }
}
