// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.CountingPublisher;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of tasks that no longer exist are drained into Kafka and ended at the broker. */
@Tag("peers")
@ExtendWith(SharedSite.class)
class MqttOrphansIT {
  private static final int PUBLISHERS = 4;
  private static final int EACH = 1_000;
  private static final int TASKS = 4;

  private final Site site;

  MqttOrphansIT(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"split", "shared"})
  void fourTasksBecomeOne(String scale) throws Exception {
    try (MqttBroker broker = MosquittoBroker.with(100, "sys_interval 1");
        CountedSource source = new CountedSource(site, broker, 5, PUBLISHERS, EACH)) {
      source.config().put("mqtt.scale", scale);
      source.config().put("tasks.max", Integer.toString(TASKS));
      source.create(TASKS);
      try (MqttClient observer =
          new MqttClient(broker.url(), "observer", new MemoryPersistence())) {
        AtomicInteger sessions = new AtomicInteger();
        observer.connect();
        observer.subscribe(
            "$SYS/broker/clients/total",
            (topic, message) ->
                sessions.set(
                    Integer.parseInt(new String(message.getPayload(), StandardCharsets.US_ASCII))));
        await("a session a task, and the observer's")
            .atMost(CountedSource.LIMIT)
            .until(() -> sessions.get() == TASKS + 1);

        // Messages published in between are queued in the sessions of all four tasks.
        site.rest().stop(source.name());
        await("the connector to stop")
            .atMost(CountedSource.LIMIT)
            .until(() -> site.rest().status(source.name()).taskStates().isEmpty());
        try (CountingPublisher publisher = source.publish(0)) {
          publisher.awaitEnd(CountedSource.LIMIT);
          source.config().put("tasks.max", "1");
          source.configure();
          site.rest().resume(source.name());
          site.awaitRunning(source.name(), 1);
          source.awaitNothingLost(publisher, scale + ", four tasks, then one");
        }
        await("one session, and the observer's")
            .atMost(CountedSource.LIMIT)
            .until(() -> sessions.get() == 2);
        assertThat(site.rest().status(source.name()).isRunning(1)).isTrue();
        observer.disconnect();
      }
    }
  }
}
