// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MosquittoPasswords;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.mqtt.fixture.Publisher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The password of the connector's user changes at the broker while the connector runs. */
@Tag("full")
@ExtendWith(SharedSite.class)
class MqttPasswordIT {
  private static final Duration LIMIT = CountedSource.LIMIT;
  private static final String USER = "press";

  @TempDir Path folder;
  private final Site site;

  MqttPasswordIT(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void theNewPasswordIsReadAtTheNextAttempt(int version) throws Exception {
    Path users = folder.resolve("users");
    Path password = Files.writeString(folder.resolve("password"), "first\n");
    MosquittoPasswords.write(users, Map.of(USER, "first"));
    String name = site.uniqueName("password");
    try (MqttBroker broker =
            MosquittoBroker.with(20, "allow_anonymous false", "password_file " + users);
        RecordReader reader = site.reader(name + "|" + name + "[.]status")) {
      broker.start();
      Map<String, String> config = MqttSetup.source(name, broker.url(), version, name);
      config.put("mqtt.username", USER);
      config.put("mqtt.password.file", password.toString());
      config.put("status.topic", name + ".status");
      config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
      config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
      config.put("value.converter.schemas.enable", "false");
      config.put("subscriptions.all", name + "/+ qos=1 format=measurement");
      site.create(name, config, 1);
      awaitStatus(reader, name, 0, "ONLINE");
      publish(broker, "first", name, 1);
      awaitValue(reader, name, 1);

      int before = reader.position();
      MosquittoPasswords.write(users, Map.of(USER, "second"));
      broker.stop();
      broker.start();
      RecordReader.Received offline =
          reader.awaitOne(
              "the refusal",
              LIMIT,
              before,
              record ->
                  isStatus(record, name, "OFFLINE")
                      && record.text("cause").contains("NOT_AUTHORIZED"));
      assertThat(offline.text("cause"))
          .contains("0x87 NOT_AUTHORIZED", "mqtt.username", "mqtt.password.file");
      assertThat(refusals(name)).as("logged once").hasSize(1);

      Files.writeString(password, "second\n");
      awaitStatus(reader, name, reader.position(), "ONLINE");
      publish(broker, "second", name, 2);
      awaitValue(reader, name, 2);

      assertThat(refusals(name)).as("logged once").hasSize(1);
      site.rest().delete(name);
    }
  }

  private List<String> refusals(String name) {
    return site.worker().log().stream()
        .filter(line -> line.contains(" WARN ") && line.contains("NOT_AUTHORIZED"))
        .filter(line -> line.contains(name))
        .toList();
  }

  private static void publish(MqttBroker broker, String password, String root, int value)
      throws Exception {
    try (Publisher publisher = new Publisher(broker.url(), USER, password)) {
      publisher.publish(root + "/speed", Integer.toString(value), false);
    }
  }

  private static void awaitStatus(RecordReader reader, String name, int from, String state) {
    reader.awaitOne(state, LIMIT, from, record -> isStatus(record, name, state));
  }

  private static boolean isStatus(RecordReader.Received record, String name, String state) {
    return record.topic().equals(name + ".status") && record.text("state").equals(state);
  }

  private static void awaitValue(RecordReader reader, String name, int value) {
    reader.awaitOne(
        "the value " + value,
        LIMIT,
        0,
        record ->
            record.topic().equals(name)
                && record.text("value_long").equals(Integer.toString(value)));
  }
}
