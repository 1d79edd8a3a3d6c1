// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.KafkaProcess;
import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.mqtt.fixture.CountingPublisher;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka stops responding while messages arrive. */
@Tag("campaign")
class MqttKafkaFrozenIT {
  private static final Duration LIMIT = CountedSource.LIMIT;
  private static final Duration OUTAGE = Duration.ofSeconds(20);
  private static final int PUBLISHERS = 2;
  private static final int EACH = 15_000;
  private static final int PER_SECOND = 1_500;

  @TempDir Path directory;

  @Test
  void nothingIsLostAndNoMoreIsHeldThanAllowed() throws Exception {
    try (KafkaProcess kafka = KafkaProcess.start(directory.resolve("kafka"));
        Site site = Site.at(kafka.bootstrapServers());
        MqttBroker broker = MosquittoBroker.with(10 * MqttSetup.WINDOW);
        CountedSource source = new CountedSource(site, broker, 5, PUBLISHERS, EACH).create(1);
        WorkerJmx jmx = site.worker().jmx();
        CountingPublisher publisher = source.publish(PER_SECOND)) {
      source.tally().awaitDistinct(EACH / 5, LIMIT);
      kafka.freeze();
      long end = System.nanoTime() + OUTAGE.toNanos();
      try {
        await("the end of the outage")
            .atMost(OUTAGE.plus(LIMIT))
            .pollInterval(Duration.ofMillis(500))
            .until(
                () -> {
                  // The worker can stop the task meanwhile, which removes its metrics.
                  assertThat(
                          jmx.pluginMetrics(source.name(), 0)
                              .getOrDefault(MqttSetup.UNACKNOWLEDGED, 0.0))
                      .as("messages held")
                      .isLessThanOrEqualTo(MqttSetup.MOST_HELD);
                  return System.nanoTime() >= end;
                });
      } finally {
        kafka.thaw();
      }
      Sequences.Count count = source.awaitNothingLost(publisher, "Kafka frozen");
      assertThat(count.duplicated()).as("duplicated").isLessThanOrEqualTo(2 * MqttSetup.WINDOW);
    }
  }
}
