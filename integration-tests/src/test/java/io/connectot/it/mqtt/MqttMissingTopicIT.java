// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.mqtt.fixture.Publisher;
import io.connectot.quickstart.embedded.ConnectRest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Topics that Kafka does not have, of a broker that creates none. */
@Tag("peers")
class MqttMissingTopicIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static Site site;

  private MqttBroker broker;
  private String name;
  private Map<String, String> config;

  @BeforeAll
  static void startSite() throws IOException {
    site = Site.withoutTopicCreation();
  }

  @AfterAll
  static void stopSite() {
    site.close();
  }

  @BeforeEach
  void prepare() throws Exception {
    broker = MosquittoBroker.with(100);
    broker.start();
    name = site.uniqueName("missing");
    config = MqttSetup.source(name, broker.url(), 5);
    config.put("subscriptions.all", name + "/+ qos=1");
    config.put("topic.timeout.ms", "1500");
    try (Publisher publisher = new Publisher(broker.url())) {
      publisher.publish(name + "/a", "payload", true);
    }
  }

  @AfterEach
  void cleanUp() {
    if (name != null) {
      site.rest().delete(name);
      broker.close();
    }
  }

  private void assertFailsAndRecovers() throws Exception {
    site.create(name, config, 1);
    await("the task to fail")
        .atMost(LIMIT)
        .until(() -> site.rest().status(name).taskStates().contains("FAILED"));
    ConnectRest.Status status = site.rest().status(name);
    assertThat(status.failure())
        .contains(
            "Kafka topic " + name,
            "MQTT topic " + name + "/a",
            "topic.timeout.ms",
            "topic.creation.default.partitions");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
    site.rest().restart(name);
    try (RecordReader reader = site.reader(name)) {
      assertThat(reader.awaitOne("the message", LIMIT, 0, any -> true).key())
          .isEqualTo(name + "/a");
    }
  }

  /** The producer of a worker waits without end. */
  @Test
  void failsTheTaskInsteadOfStallingIt() throws Exception {
    assertFailsAndRecovers();
  }

  @Test
  void failsTheTaskWhenTheProducerGivesUpByItself() throws Exception {
    config.put("topic.timeout.ms", "300000");
    config.put("producer.override.max.block.ms", "1000");
    assertFailsAndRecovers();
  }

  @Test
  void namesTopicsThatCollide() throws Exception {
    config.put("topic", name + ".${topic[1]}");
    config.put("topic.creation.default.partitions", "1");
    config.put("topic.creation.default.replication.factor", "1");
    try (Publisher publisher = new Publisher(broker.url())) {
      publisher.publish(name + "/x.y", "1", true);
      publisher.publish(name + "/x_y", "2", true);
    }
    site.create(name, config, 1);
    await("the task to fail")
        .atMost(LIMIT)
        .until(() -> site.rest().status(name).taskStates().contains("FAILED"));
    assertThat(site.rest().status(name).failure())
        .contains(name + ".x.y", name + ".x_y", "subscription all", "differ only in '.' and '_'");
  }
}
