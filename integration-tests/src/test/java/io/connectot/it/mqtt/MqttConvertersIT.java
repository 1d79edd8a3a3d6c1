// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.AvroConverter;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.SchemaRegistryStub;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.mqtt.fixture.Publisher;
import io.connectot.quickstart.embedded.ConnectRest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Formats and converters: a record is right, or the combination is refused before the broker
 * receives an acknowledgement. That is shown by the message itself, which is not retained: it
 * arrives once the converter is corrected.
 */
@Tag("peers")
@ExtendWith(SharedSite.class)
class MqttConvertersIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String STRING = "org.apache.kafka.connect.storage.StringConverter";
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
  private static final String PAYLOAD = "{\"value\":21.5}";
  private static final String BASE64 = "\"eyJ2YWx1ZSI6MjEuNX0=\"";

  private final Site site;
  private final List<String> connectors = new ArrayList<>();
  private MqttBroker broker;

  MqttConvertersIT(Site site) {
    this.site = site;
  }

  @BeforeEach
  void start() {
    broker = MosquittoBroker.with(100);
    broker.start();
  }

  @AfterEach
  void cleanUp() {
    connectors.forEach(site.rest()::delete);
    if (broker != null) {
      broker.close();
    }
  }

  private Map<String, String> config(String name, String format) {
    connectors.add(name);
    Map<String, String> config = MqttSetup.source(name, broker.url(), 5);
    config.remove("value.converter");
    config.put(
        "subscriptions.all",
        name
            + "/d/t qos=1 format="
            + format
            + (format.equals("measurement") ? " value=/value" : ""));
    return config;
  }

  private static Map<String, String> json() {
    return Map.of("value.converter", JSON, "value.converter.schemas.enable", "false");
  }

  /** All converters that carry a format, with what they write of {@link #PAYLOAD}. */
  @Test
  void writesWhatTheConverterCarries() throws Exception {
    Map<String, Map<String, String>> right = new HashMap<>();
    try (SchemaRegistryStub registry = new SchemaRegistryStub();
        Publisher publisher = new Publisher(broker.url())) {
      Map<String, String> avro = new HashMap<>(AvroConverter.config(registry));
      right.put("bytes", Map.of(BYTES, PAYLOAD, JSON, BASE64, "avro", PAYLOAD));
      right.put(
          "string", Map.of(STRING, PAYLOAD, JSON, "\"{\\\"value\\\":21.5}\"", "avro", PAYLOAD));
      right.put("json", Map.of(JSON, PAYLOAD, "avro", "value"));
      right.put("measurement", Map.of(JSON, "\"value_double\":21.5", "avro", "GOOD"));
      Map<String, String> expected = new HashMap<>();
      String prefix = site.uniqueName("converters");
      for (String format : right.keySet()) {
        for (String converter : right.get(format).keySet()) {
          String name = prefix + "-" + format + "-" + expected.size();
          Map<String, String> config = config(name, format);
          config.putAll(
              converter.equals("avro")
                  ? avro
                  : converter.equals(JSON) ? json() : Map.of("value.converter", converter));
          publisher.publish(name + "/d/t", PAYLOAD, true);
          site.create(name, config, 1);
          expected.put(name, right.get(format).get(converter));
        }
      }
      try (RecordReader reader = site.reader(prefix + "-.*")) {
        List<Received> all =
            reader.awaitAll("a record of each", LIMIT, some -> some.size() >= expected.size());
        for (Received one : all) {
          assertThat(new String(one.record().value(), StandardCharsets.UTF_8))
              .as(one.topic())
              .contains(expected.get(one.topic()));
        }
        assertThat(all).extracting(Received::topic).containsAll(expected.keySet());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bytes, " + STRING,
    "json, " + STRING,
    "measurement, " + STRING,
    "string, " + BYTES,
    "json, " + BYTES,
    "measurement, " + BYTES
  })
  void refusesConvertersThatDoNotCarryTheFormat(String format, String converter) {
    String name = site.uniqueName("converters");
    Map<String, String> config = config(name, format);
    config.put("value.converter", converter);
    ConnectRest.Response response = site.rest().put(name, config);
    assertThat(response.isSuccess()).isFalse();
    assertThat(response.message()).contains("value.converter", converter, "subscriptions.all");
  }

  /**
   * The connector does not see such converters: those of the worker, and those behind a
   * transformation.
   */
  @ParameterizedTest
  @CsvSource({
    "bytes, none, " + STRING,
    "json, none, " + STRING,
    "measurement, none, " + STRING,
    "measurement, none, " + BYTES,
    "string, all, " + BYTES
  })
  void failsBeforeTheFirstAcknowledgement(String format, String tolerance, String converter)
      throws Exception {
    String name = site.uniqueName("converters");
    Map<String, String> config = config(name, format);
    config.putAll(json());
    createWithSession(name, config);

    config.put("value.converter", converter);
    config.put("errors.tolerance", tolerance);
    config.put("transforms", "nothing");
    config.put("transforms.nothing.type", "org.apache.kafka.connect.transforms.Filter");
    config.put("transforms.nothing.predicate", "tombstone");
    config.put("predicates", "tombstone");
    config.put(
        "predicates.tombstone.type",
        "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone");
    try (RecordReader reader = site.reader(name);
        Publisher publisher = new Publisher(broker.url())) {
      publisher.publish(name + "/d/t", PAYLOAD, false);
      assertThat(site.rest().put(name, config).isSuccess()).isTrue();
      site.rest().resume(name);
      await("the task to fail")
          .atMost(LIMIT)
          .until(() -> site.rest().status(name).taskStates().contains("FAILED"));

      for (String key : List.of("transforms", "predicates", "errors.tolerance")) {
        config.keySet().removeIf(each -> each.startsWith(key));
      }
      config.putAll(json());
      int garbage = reader.position();
      assertThat(site.rest().put(name, config).isSuccess()).isTrue();
      Received right = reader.awaitOne("the message", LIMIT, garbage, any -> true);
      assertThat(right.record().value()).isNotEmpty();
    }
  }

  /** Creates a connector, and stops it once the broker has its session and subscription. */
  private void createWithSession(String name, Map<String, String> config) throws Exception {
    site.create(name, config, 1);
    try (RecordReader reader = site.reader(name);
        Publisher publisher = new Publisher(broker.url())) {
      await("the subscription")
          .atMost(LIMIT)
          .until(
              () -> {
                publisher.publish(name + "/d/t", PAYLOAD, false);
                return reader.position() > 0;
              });
    }
    try (WorkerJmx jmx = site.worker().jmx()) {
      await("everything to be acknowledged")
          .atMost(LIMIT)
          .until(
              () -> jmx.pluginMetrics(name, 0).get(MqttSetup.UNACKNOWLEDGED),
              held -> held != null && held == 0);
    }
    site.rest().stop(name);
    await("the connector to stop")
        .atMost(LIMIT)
        .until(() -> site.rest().status(name).taskStates().isEmpty());
  }
}
