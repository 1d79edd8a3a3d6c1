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
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The worker is killed while messages arrive, and restarted: nothing is lost, and the number of
 * duplicates is at most the number of messages that a task holds. With {@code -Dcampaign} every
 * mode has its own run of the worker, and more messages.
 */
@Tag("full")
class MqttSourceKillIT {
  private static final Duration LIMIT = CountedSource.LIMIT;
  private static final Duration DOWN = Duration.ofSeconds(3);
  private static final boolean FULL = Boolean.getBoolean("campaign");
  private static final int PER_SECOND = FULL ? 2_000 : 400;
  private static final int PUBLISHERS = 3;
  private static final int EACH = FULL ? 20_000 : 1_500;

  private static Site site;

  /**
   * A mode of the source.
   *
   * @param version the MQTT version
   * @param scale the value of {@code mqtt.scale}
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

  static Stream<List<Case>> runs() {
    Supplier<MqttBroker> mosquitto = () -> MosquittoBroker.with(500);
    List<Case> usual =
        List.of(
            new Case("MQTT 3.1.1, Mosquitto, one task", mosquitto, 3, "none", 1),
            new Case("MQTT 5, Mosquitto, one task", mosquitto, 5, "none", 1),
            new Case("MQTT 5, Mosquitto, one task, QoS 2", mosquitto, 5, "none", 1, 2),
            new Case("MQTT 5, Mosquitto, three tasks that share", mosquitto, 5, "shared", 3),
            new Case("MQTT 5, Mosquitto, three tasks that split", mosquitto, 5, "split", 3),
            new Case("MQTT 5, HiveMQ, one task", HiveMqBroker::new, 5, "none", 1));
    Stream<Case> rare =
        Stream.of(
            new Case("MQTT 3.1.1, Mosquitto, three tasks that share", mosquitto, 3, "shared", 3),
            new Case("MQTT 3.1.1, Mosquitto, three tasks that split", mosquitto, 3, "split", 3),
            new Case("MQTT 5, HiveMQ, three tasks that share", HiveMqBroker::new, 5, "shared", 3),
            new Case("MQTT 5, HiveMQ, three tasks that split", HiveMqBroker::new, 5, "split", 3));
    return FULL ? Stream.concat(usual.stream(), rare).map(List::of) : Stream.of(usual);
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
  @MethodSource("runs")
  void losesNothingWhenTheWorkerIsKilled(List<Case> cases) throws Exception {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      Map<Case, CountedSource> sources = new LinkedHashMap<>();
      for (Case test : cases) {
        CountedSource source =
            new CountedSource(site, test.broker().get(), test.version(), PUBLISHERS, EACH);
        opened.push(source);
        source.config().put("tasks.max", Integer.toString(test.tasks()));
        source.config().put("mqtt.scale", test.scale());
        if (test.qos() == 2) {
          source.withQosTwo();
        }
        sources.put(test, source.create(test.tasks()));
      }
      Map<Case, CountingPublisher> publishers = new LinkedHashMap<>();
      sources.forEach(
          (test, source) -> {
            CountingPublisher publisher =
                test.qos() == 2 ? source.publishWithQosTwo(PER_SECOND) : source.publish(PER_SECOND);
            opened.push(publisher);
            publishers.put(test, publisher);
          });
      for (CountedSource source : sources.values()) {
        source.tally().awaitDistinct(PUBLISHERS * EACH / 4, LIMIT);
      }
      site.worker().kill();
      await("the worker to be down").pollDelay(DOWN).until(() -> true);
      site.worker().start();
      publishers.forEach((test, publisher) -> check(test, sources.get(test), publisher));
    } finally {
      while (!opened.isEmpty()) {
        opened.pop().close();
      }
    }
  }

  private static void check(Case test, CountedSource source, CountingPublisher publisher) {
    Sequences.Count count = source.awaitNothingLost(publisher, test.what() + ", worker killed");
    assertThat(count.duplicated())
        .as("duplicated, %s", test.what())
        .isLessThanOrEqualTo(test.tasks() * MqttSetup.WINDOW);
    if (!test.scale().equals("shared")) {
      assertThat(count.outOfOrder()).as("out of order, %s", test.what()).isZero();
    }
  }
}
