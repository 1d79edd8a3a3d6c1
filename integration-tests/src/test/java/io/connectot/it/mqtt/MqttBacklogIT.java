// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.mqtt.fixture.CountingPublisher;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.mqtt.fixture.SequenceTally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages accumulate at the broker while the connector is stopped. */
@Tag("peers")
class MqttBacklogIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int PUBLISHERS = 2;
  private static final int STEPS = 100;

  /** Mosquitto sends as many messages at once as allowed, here more than the task may hold. */
  @ParameterizedTest
  @CsvSource({"3,50000", "5,200000"})
  void everythingComesAndNoMoreIsHeldThanAllowed(int version, int messages) throws Exception {
    Sequences sequences = new Sequences(PUBLISHERS, messages / PUBLISHERS);
    try (MqttBroker broker = MosquittoBroker.with(10 * MqttSetup.WINDOW);
        Site site = Site.start();
        SequenceTally tally = new SequenceTally(site.bootstrapServers(), "backlog", sequences);
        WorkerJmx jmx = site.worker().jmx()) {
      broker.start();
      site.create("backlog", MqttSetup.source("backlog", broker.url(), version, "backlog"), 1);
      tally.awaitSubscribed(broker.url(), "backlog", PUBLISHERS, LIMIT);
      site.rest().stop("backlog");
      await("the task to end")
          .atMost(LIMIT)
          .until(() -> site.rest().status("backlog").taskStates(), List::isEmpty);
      try (CountingPublisher publisher =
          CountingPublisher.start(broker.url(), "backlog", PUBLISHERS, messages / PUBLISHERS, 0)) {
        publisher.awaitEnd(LIMIT);
      }
      assertThat(sequences.distinct()).isZero();

      site.rest().resume("backlog");
      List<Double> held = new ArrayList<>();
      for (int step = 1; step <= STEPS; step++) {
        tally.awaitDistinct(step * (messages / STEPS), LIMIT);
        Double now = jmx.pluginMetrics("backlog", 0).get(MqttSetup.UNACKNOWLEDGED);
        held.add(now);
      }
      Sequences.Count count = tally.awaitAll(LIMIT).print("MQTT " + version + ", backlog");

      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.duplicated()).as("duplicated").isZero();
      assertThat(count.outOfOrder()).as("out of order").isZero();
      assertThat(held)
          .as("messages held, now and then")
          .allMatch(h -> h <= MqttSetup.MOST_HELD)
          .anyMatch(h -> h > 0);
      assertThat(site.worker().log()).noneMatch(line -> line.contains("OutOfMemoryError"));
      assertThat(site.rest().status("backlog").isRunning(1)).isTrue();
    }
  }
}
