// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.CountingPublisher;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the broker or the network while messages arrive; nothing is lost. */
@Tag("full")
@ExtendWith(SharedSite.class)
class MqttFaultsIT {
  private static final Duration LIMIT = CountedSource.LIMIT;
  private static final boolean FULL = Boolean.getBoolean("campaign");
  private static final int PUBLISHERS = 2;
  private static final int EACH = 3_000;
  private static final int PER_SECOND = 1_000;

  /** Longer than the sum of the connector's keep alive and connect timeout. */
  private static final Duration OUTAGE = Duration.ofSeconds(7);

  private final Site site;

  MqttFaultsIT(Site site) {
    this.site = site;
  }

  static IntStream oneVersion() {
    return FULL ? IntStream.of(3, 5) : IntStream.of(3);
  }

  static IntStream otherVersion() {
    return FULL ? IntStream.of(3, 5) : IntStream.of(5);
  }

  @Test
  void brokerIsRestarted() {
    try (MqttBroker broker = MosquittoBroker.with(100);
        CountedSource source = source(broker, 3);
        CountingPublisher publisher = source.publish(PER_SECOND)) {
      publisher.awaitConfirmed(EACH / 2, LIMIT);
      broker.stop();
      pause(Duration.ofSeconds(2));
      broker.start();
      Sequences.Count count = source.awaitNothingLost(publisher, "Mosquitto restarted");
      assertThat(count.outOfOrder()).as("out of order").isZero();
    }
  }

  @Test
  void brokerIsKilled() {
    try (MqttBroker broker = new HiveMqBroker();
        CountedSource source = source(broker, 5);
        CountingPublisher publisher = source.publish(PER_SECOND)) {
      publisher.awaitConfirmed(EACH / 2, LIMIT);
      broker.kill();
      broker.start();
      Sequences.Count count = source.awaitNothingLost(publisher, "HiveMQ killed");
      assertThat(count.outOfOrder()).as("out of order").isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("oneVersion")
  void cableIsPulled(int version) {
    try (MqttBroker broker = MosquittoBroker.with(100);
        CountedSource source = source(broker, version);
        CountingPublisher publisher = source.publish(PER_SECOND)) {
      publisher.awaitConfirmed(EACH / 4, LIMIT);
      source.network().cut();
      pause(OUTAGE);
      source.network().heal();
      Sequences.Count count =
          source.awaitNothingLost(publisher, "MQTT " + version + ", cable pulled");
      assertThat(count.outOfOrder()).as("out of order").isZero();
    }
  }

  /** The broker has closed the connection, and the connector has not noticed. */
  @ParameterizedTest
  @MethodSource("otherVersion")
  void connectionIsHalfOpen(int version) {
    try (MqttBroker broker = MosquittoBroker.with(100);
        CountedSource source = source(broker, version);
        CountingPublisher publisher = source.publish(PER_SECOND)) {
      publisher.awaitConfirmed(EACH / 4, LIMIT);
      int before = source.network().accepted();
      source.network().halfOpen();
      await("the connector to notice")
          .atMost(LIMIT)
          .until(() -> source.network().accepted() > before);
      source.awaitNothingLost(publisher, "MQTT " + version + ", connection half open");
    }
  }

  @Test
  void connectionIsResetAndRefused() {
    try (MqttBroker broker = MosquittoBroker.with(100);
        CountedSource source = source(broker, 5);
        CountingPublisher publisher = source.publish(PER_SECOND)) {
      publisher.awaitConfirmed(EACH / 4, LIMIT);
      source.network().reset();
      publisher.awaitConfirmed(EACH / 2, LIMIT);
      source.network().refuse();
      pause(Duration.ofSeconds(2));
      source.network().heal();
      source.awaitNothingLost(publisher, "connection reset and refused");
    }
  }

  /** A redelivered message that was answered with PUBREC is not a new message. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void connectionIsResetAgainAndAgainWithQosTwo(int version) {
    try (MqttBroker broker = MosquittoBroker.with(100);
        CountedSource source =
            new CountedSource(site, broker, version, PUBLISHERS, EACH).withQosTwo().create(1);
        CountingPublisher publisher = source.publishWithQosTwo(PER_SECOND)) {
      for (int reset = 1; reset <= 4; reset++) {
        publisher.awaitConfirmed(reset * EACH / 5, LIMIT);
        source.network().reset();
      }
      Sequences.Count count =
          source.awaitNothingLost(publisher, "MQTT " + version + ", QoS 2, connection reset");
      assertThat(count.duplicated()).as("duplicated").isZero();
    }
  }

  /** The broker's port accepts connections, and the broker does not answer. */
  @Test
  void brokerHangsInTheHandshake() {
    try (MqttBroker broker = MosquittoBroker.with(100);
        CountedSource source = source(broker, 5);
        CountingPublisher publisher = source.publish(PER_SECOND)) {
      publisher.awaitConfirmed(EACH / 4, LIMIT);
      broker.freeze();
      source.network().reset();
      int before = source.network().accepted();
      await("the connector to give up its first attempt")
          .atMost(LIMIT)
          .until(() -> source.network().accepted() >= before + 2);
      broker.thaw();
      source.awaitNothingLost(publisher, "broker hung in the handshake");
    }
  }

  /** Mosquitto 2.0.11 closes the connection without a reason. */
  @Test
  void sessionIsTakenOverAgainAndAgain() throws Exception {
    try (MqttBroker broker = new HiveMqBroker();
        CountedSource source = source(broker, 5)) {
      AtomicBoolean enough = new AtomicBoolean();
      Thread other = new Thread(() -> takeOver(broker, source.name() + "-0", enough), "other");
      other.start();
      try {
        await("the task to give in")
            .atMost(LIMIT)
            .until(() -> site.rest().status(source.name()).taskStates().contains("FAILED"));
      } finally {
        enough.set(true);
        other.join();
      }
      assertThat(site.rest().status(source.name()).failure())
          .contains("client id")
          .contains(source.name() + "-0");
    }
  }

  private static void takeOver(MqttBroker broker, String clientId, AtomicBoolean enough) {
    while (!enough.get()) {
      try {
        MqttClient client = new MqttClient(broker.url(), clientId, new MemoryPersistence());
        client.connect();
        while (client.isConnected() && !enough.get()) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        if (client.isConnected()) {
          client.disconnect();
        }
        client.close();
      } catch (MqttException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
  }

  private CountedSource source(MqttBroker broker, int version) {
    return new CountedSource(site, broker, version, PUBLISHERS, EACH).create(1);
  }

  private static void pause(Duration duration) {
    await("a while").pollDelay(duration).atMost(duration.plus(LIMIT)).until(() -> true);
  }
}
