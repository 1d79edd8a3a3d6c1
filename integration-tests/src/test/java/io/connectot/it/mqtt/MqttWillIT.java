// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The broker publishes the will when a worker is killed, and not when it is stopped normally. */
@Tag("full")
class MqttWillIT {
  private static final Duration LIMIT = CountedSource.LIMIT;

  @Test
  void othersAreToldOfADeadWorkerOnly() throws Exception {
    List<String> wills = new CopyOnWriteArrayList<>();
    try (MqttBroker broker = new HiveMqBroker();
        Site site = Site.start()) {
      broker.start();
      try (MqttClient observer =
          new MqttClient(broker.url(), "observer", new MemoryPersistence())) {
        observer.connect();
        observer.subscribe(
            "will/#",
            (topic, message) ->
                wills.add(topic + " " + new String(message.getPayload(), StandardCharsets.UTF_8)));
        create(site, broker, "stopped", Duration.ZERO);
        create(site, broker, "killed", Duration.ZERO);
        create(site, broker, "late", Duration.ofSeconds(5));
        site.rest().delete("stopped");
        try (WorkerJmx jmx = site.worker().jmx()) {
          await("its task to end").atMost(LIMIT).until(() -> jmx.beans("stopped"), List::isEmpty);
        }

        site.worker().kill();
        await("the wills").atMost(LIMIT).until(() -> wills.size() == 2);
        assertThat(wills).containsExactly("will/killed gone", "will/late gone");
        observer.disconnect();
      }
    }
  }

  private static void create(Site site, MqttBroker broker, String name, Duration delay) {
    Map<String, String> config = MqttSetup.source(name, broker.url(), 5, "data/" + name);
    config.put("mqtt.will.topic", "will/" + name);
    config.put("mqtt.will.payload", "gone");
    config.put("mqtt.will.delay.ms", Long.toString(delay.toMillis()));
    site.create(name, config, 1);
    awaitOnline(site, name);
  }

  private static void awaitOnline(Site site, String name) {
    try (WorkerJmx jmx = site.worker().jmx()) {
      await(name + " to connect")
          .atMost(LIMIT)
          .until(() -> jmx.pluginMetrics(name, 0).getOrDefault("connection-state", 0.0) == 2.0);
    }
  }
}
