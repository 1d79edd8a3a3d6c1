// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.containers.fixture.Containers;
import io.connectot.containers.fixture.PlantNetwork;
import io.connectot.containers.fixture.PlantNetwork.MqttMachine;
import io.connectot.it.fixture.Sequences;
import io.connectot.it.mqtt.fixture.CountingPublisher;
import io.connectot.it.mqtt.fixture.SequenceTally;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A source counts numbered messages while machines fail: nothing is lost. */
@Tag("peers")
@Containers
class MqttIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int PUBLISHERS = 3;
  private static final int EACH = 4_000;
  private static final int PER_SECOND = 1_000;

  private static Map<String, String> source(String name, String broker) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.mqtt.MqttSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic", name);
    config.put("mqtt.brokers", broker);
    config.put("mqtt.version", "5");
    config.put("mqtt.keep.alive.ms", "3000");
    config.put("reconnect.backoff.ms", "100");
    config.put("reconnect.backoff.max.ms", "1000");
    config.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    config.put("subscriptions.all", name + "/+ qos=1 format=bytes");
    return config;
  }

  /** Publishes, triggers a fault after a quarter of the messages, and counts. */
  private static void losesNothing(PlantNetwork plant, String what, MqttMishap mishap) {
    String name = plant.uniqueName("mqtt");
    try (MqttMachine broker = plant.startMosquitto(name);
        SequenceTally tally =
            new SequenceTally(plant.bootstrapServers(), name, new Sequences(PUBLISHERS, EACH))) {
      plant.create(name, source(name, broker.urlInPlant()), 1);
      tally.awaitSubscribed(broker.url(), name, PUBLISHERS, LIMIT);
      try (CountingPublisher publisher =
          CountingPublisher.start(broker.url(), name, PUBLISHERS, EACH, PER_SECOND)) {
        tally.awaitDistinct(PUBLISHERS * EACH / 4, LIMIT);
        mishap.happen(broker);
        publisher.awaitEnd(LIMIT);
      }
      Sequences.Count count = tally.awaitAll(LIMIT).print(what);

      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.foreign()).as("not sent by the publishers").isZero();
    } finally {
      plant.awaitWorker();
      plant.rest().delete(name);
    }
  }

  @Test
  void losesNothingWhenTheWorkersMachineIsKilled(PlantNetwork plant) {
    losesNothing(
        plant,
        "worker's container killed",
        broker -> {
          plant.worker().kill();
          plant.worker().startAgain();
        });
  }

  @Test
  void losesNothingWhenTheBrokersMachineIsRestarted(PlantNetwork plant) {
    losesNothing(plant, "broker's container restarted", broker -> broker.machine().restart());
  }

  /** A fault of the broker or another machine. */
  private interface MqttMishap {
    void happen(MqttMachine broker);
  }
}
