// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.mqtt.fixture.Publisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message of 2 MB, which Kafka does not take, and the next one, which arrives. */
@Tag("peers")
@ExtendWith(SharedSite.class)
class MqttLargeMessagesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
  private static final byte[] LARGE = new byte[2_097_152];

  static {
    Arrays.fill(LARGE, (byte) 'x');
  }

  private final Site site;
  private MqttBroker broker;
  private String name;
  private Map<String, String> config;

  MqttLargeMessagesIT(Site site) {
    this.site = site;
  }

  @BeforeEach
  void prepare() {
    broker = MosquittoBroker.with(100);
    broker.start();
    name = site.uniqueName("large");
    config = MqttSetup.source(name, broker.url(), 5);
    config.put("subscriptions.all", name + "/+ qos=1");
  }

  @AfterEach
  void cleanUp() {
    if (name != null) {
      site.rest().delete(name);
      broker.close();
    }
  }

  private void createAndPublish() throws Exception {
    site.create(name, config, 1);
    try (Publisher publisher = new Publisher(broker.url())) {
      publisher.publish(name + "/a", LARGE, true);
      publisher.publish(name + "/b", "next", true);
    }
  }

  private void assertNextArrives() {
    try (RecordReader reader = site.reader(name)) {
      assertThat(reader.awaitOne("the next message", LIMIT, 0, any -> true).record().key())
          .asString()
          .contains("/b");
    }
  }

  @Test
  void isSkipped() throws Exception {
    config.put("mqtt.poison", "skip");
    createAndPublish();
    assertNextArrives();
  }

  /** Also where only Kafka would refuse it. */
  @ParameterizedTest
  @ValueSource(strings = {BYTES, "org.apache.kafka.connect.json.JsonConverter"})
  void becomesADeadLetterThatFits(String converter) throws Exception {
    config.put("value.converter", converter);
    config.put("mqtt.poison", "deadletter");
    config.put("mqtt.deadletter.topic", name + ".dead");
    config.put("mqtt.payload.max.bytes", "4000000");
    createAndPublish();
    try (RecordReader reader = site.reader(name + "\\.dead")) {
      Received letter = reader.awaitOne("the dead letter", LIMIT, 0, any -> true);
      assertThat(letter.key()).isEqualTo(name + "/a");
      assertThat(letter.record().value()).hasSizeBetween(900_000, 1_048_576);
      assertThat(letter.header("ot.record")).isEqualTo("deadletter");
      assertThat(letter.header("ot.payload.length")).isEqualTo("2097152");
      assertThat(letter.header("ot.payload.truncated")).isEqualTo("true");
      assertThat(letter.header("ot.payload.form"))
          .isEqualTo(converter.equals(BYTES) ? "bytes" : "base64");
      assertThat(letter.header("ot.error.reason"))
          .contains("record.max.bytes", "Kafka topic " + name);
    }
    assertNextArrives();
  }

  /** A value of 2 MB beside another one. */
  @Test
  void aLargeValueIsBadAndItsNeighbourIsWritten() throws Exception {
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.schemas.enable", "false");
    config.put("mqtt.payload.max.bytes", "4000000");
    config.put("subscriptions.all", name + "/+ format=measurement values=/v");
    site.create(name, config, 1);
    String text = new String(LARGE, StandardCharsets.UTF_8);
    try (Publisher publisher = new Publisher(broker.url());
        RecordReader reader = site.reader(name)) {
      publisher.publish(name + "/d", "{\"v\":{\"log\":\"" + text + "\",\"temp\":21}}", true);
      Received log = reader.awaitOne("the log", LIMIT, 0, any -> any.text("tag").equals("log"));
      assertThat(log.text("quality")).isEqualTo("BAD");
      assertThat(log.text("status"))
          .isEqualTo("VALUE_TOO_LARGE 2097152 bytes, record.max.bytes is 1000000");
      Received temp =
          reader.awaitOne("the temperature", LIMIT, 0, any -> any.text("tag").equals("temp"));
      assertThat(temp.text("quality")).isEqualTo("GOOD");
      assertThat(temp.text("value_long")).isEqualTo("21");
    }
  }

  @Test
  void failsTheTaskThatThenSkipsIt() throws Exception {
    config.put("mqtt.poison", "fail");
    createAndPublish();
    await("the task to fail")
        .atMost(LIMIT)
        .until(() -> site.rest().status(name).taskStates().contains("FAILED"));
    assertThat(site.rest().status(name).failure())
        .contains(name + "/a", "mqtt.payload.max.bytes", "record.max.bytes", "mqtt.poison");
    config.put("mqtt.poison", "skip");
    assertThat(site.rest().put(name, config).isSuccess()).isTrue();
    assertNextArrives();
  }
}
