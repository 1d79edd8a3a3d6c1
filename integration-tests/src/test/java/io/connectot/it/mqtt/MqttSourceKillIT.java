// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.CountingPublisher;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.mqtt.fixture.SequenceTally;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The worker is killed while messages arrive, and comes back: nothing is lost, and no more comes
 * twice than a task held. With {@code -Dfull} it takes more messages.
 */
class MqttSourceKillIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration DOWN = Duration.ofSeconds(3);
  private static final int PER_SECOND = 2_000;
  private static final boolean FULL = Boolean.getBoolean("full");
  private static final int MESSAGES = FULL ? 60_000 : 18_000;
  private static final int PUBLISHERS = 3;

  private static Site site;

  /**
   * A way to read.
   *
   * @param version of MQTT
   * @param scale what {@code mqtt.scale} says
   */
  record Case(
      String what, Supplier<MqttBroker> broker, int version, String scale, int tasks, int qos) {
    Case(String what, Supplier<MqttBroker> broker, int version, String scale, int tasks) {
      this(what, broker, version, scale, tasks, 1);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Case> cases() {
    Supplier<MqttBroker> mosquitto = () -> MosquittoBroker.with(500);
    Stream<Case> rare =
        Stream.of(
            new Case("MQTT 3.1.1, Mosquitto, three tasks that share", mosquitto, 3, "shared", 3),
            new Case("MQTT 3.1.1, Mosquitto, three tasks that split", mosquitto, 3, "split", 3),
            new Case("MQTT 5, HiveMQ, three tasks that share", HiveMqBroker::new, 5, "shared", 3),
            new Case("MQTT 5, HiveMQ, three tasks that split", HiveMqBroker::new, 5, "split", 3));
    Stream<Case> usual =
        Stream.of(
            new Case("MQTT 3.1.1, Mosquitto, one task", mosquitto, 3, "none", 1),
            new Case("MQTT 5, Mosquitto, one task", mosquitto, 5, "none", 1),
            new Case("MQTT 5, Mosquitto, one task, QoS 2", mosquitto, 5, "none", 1, 2),
            new Case("MQTT 5, Mosquitto, three tasks that share", mosquitto, 5, "shared", 3),
            new Case("MQTT 5, Mosquitto, three tasks that split", mosquitto, 5, "split", 3),
            new Case("MQTT 5, HiveMQ, one task", HiveMqBroker::new, 5, "none", 1));
    return FULL ? Stream.concat(usual, rare) : usual;
  }

  @BeforeAll
  static void startSite() throws IOException {
    site = Site.start();
  }

  @AfterAll
  static void stopSite() {
    site.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void losesNothingWhenTheWorkerIsKilled(Case test) throws Exception {
    String name = site.uniqueName("kill");
    Sequences sequences = new Sequences(PUBLISHERS, MESSAGES / PUBLISHERS);
    try (MqttBroker broker = test.broker().get();
        SequenceTally tally = new SequenceTally(site.bootstrapServers(), name, sequences)) {
      broker.start();
      Map<String, String> config = MqttSetup.source(name, broker.url(), test.version());
      config.put("tasks.max", Integer.toString(test.tasks()));
      config.put("mqtt.scale", test.scale());
      config.put("mqtt.qos2", "handshake");
      for (int filter = 0; filter < PUBLISHERS; filter++) {
        config.put(
            "subscriptions.s" + filter, "kill/" + filter + " format=bytes qos=" + test.qos());
      }
      site.create(name, config, test.tasks());
      tally.awaitSubscribed(broker.url(), "kill", PUBLISHERS, LIMIT);
      try (CountingPublisher publisher =
          CountingPublisher.start(
              broker.url(), "kill", test.qos(), PUBLISHERS, MESSAGES / PUBLISHERS, PER_SECOND)) {
        tally.awaitDistinct(MESSAGES / 4, LIMIT);
        site.worker().kill();
        await("the worker to be down").pollDelay(DOWN).until(() -> true);
        site.worker().start();
        publisher.awaitEnd(LIMIT);
      }
      Sequences.Count count = tally.awaitAll(LIMIT).print(test.what() + ", worker killed");

      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.duplicated())
          .as("duplicated")
          .isLessThanOrEqualTo(test.tasks() * MqttSetup.WINDOW);
      assertThat(count.foreign()).isZero();
      if (!test.scale().equals("shared")) {
        assertThat(count.outOfOrder()).as("out of order").isZero();
      }
    } finally {
      site.rest().delete(name);
    }
  }
}
