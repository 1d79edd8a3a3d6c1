// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.quickstart.embedded.MqttBroker;
import io.connectot.quickstart.embedded.Ports;
import io.connectot.quickstart.plant.signal.Signal;
import io.connectot.sparkplug.codec.PayloadDecoder;
import io.connectot.sparkplug.codec.PayloadEncoder;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests an edge node with a real broker. */
class EdgeStationTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Instant TIME = Instant.ofEpochMilli(1_795_953_600_000L);

  private record Sent(String type, Payload payload) {}

  private final List<Sent> seen = new CopyOnWriteArrayList<>();
  private final PayloadDecoder decoder = new PayloadDecoder();
  private MqttBroker broker;
  private MqttClient host;

  @BeforeEach
  void start() throws Exception {
    broker = MqttBroker.start(Ports.free());
    host = new MqttClient(broker.address(), "host", new MemoryPersistence());
    host.connect();
    host.subscribe(
        "spBv1.0/g/#",
        (topic, message) -> {
          String type = topic.split("/", -1)[2];
          if (!type.equals("NCMD")) {
            seen.add(new Sent(type, decoder.decode(message.getPayload())));
          }
        });
  }

  @AfterEach
  void stop() throws Exception {
    host.disconnectForcibly(0, 100, false);
    host.close(true);
    broker.close();
  }

  private EdgeStation station(Optional<String> primary) {
    Signal reachable = seconds -> seconds >= 3 && seconds < 4 ? 0 : 1;
    return new EdgeStation(
        new SimulatedEdgeNode(
            "g",
            "n",
            "d",
            primary,
            List.of(new SimulatedMetric("F/c", DataType.INT32, "°C", Signal.counter(-10, 1))),
            reachable),
        broker.address());
  }

  @Test
  void isBornSendsDiesAndIsBornAgain() throws Exception {
    try (EdgeStation station = station(Optional.empty())) {
      step(station, 0);
      awaitTypes("NBIRTH", "DBIRTH", "DDATA");
      step(station, 1);
      awaitTypes("NBIRTH", "DBIRTH", "DDATA", "DDATA");
      assertThat(seen).extracting(sent -> sent.payload().seq()).containsExactly(0L, 1L, 2L, 3L);
      Metric birth = seen.get(1).payload().metrics().get(0);
      assertThat(birth.name()).isEqualTo("F/c");
      assertThat(birth.properties().get("engUnit").value())
          .isEqualTo(new MetricValue.TextValue("°C"));
      Metric data = seen.get(3).payload().metrics().get(0);
      assertThat(data.name()).isNull();
      assertThat(data.as(DataType.INT32).value()).isEqualTo(new MetricValue.LongValue(-9));

      step(station, 3);
      awaitTypes("NBIRTH", "DBIRTH", "DDATA", "DDATA", "NDEATH");
      assertThat(bdSeq(seen.get(4))).isEqualTo(bdSeq(seen.get(0)));
      seen.clear();
      step(station, 4);
      awaitTypes("NBIRTH", "DBIRTH", "DDATA", "DDATA");
      assertThat(bdSeq(seen.get(0))).isEqualTo(new MetricValue.LongValue(1));
      Metric stored = seen.get(2).payload().metrics().get(0);
      assertThat(stored.historical()).isTrue();
      assertThat(stored.as(DataType.INT32).value()).isEqualTo(new MetricValue.LongValue(-7));

      seen.clear();
      host.publish(
          "spBv1.0/g/NCMD/n",
          PayloadEncoder.encode(
              Payload.of(
                  1L,
                  null,
                  List.of(
                      Metric.of(
                          SimulatedEdgeNode.REBIRTH,
                          DataType.BOOLEAN,
                          MetricValue.BooleanValue.TRUE)))),
          0,
          false);
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                step(station, 4.5);
                return seen.size() == 2;
              });
      awaitTypes("NBIRTH", "DBIRTH");
    }
  }

  @Test
  void storesWhileItsPrimaryHostIsOffline() throws Exception {
    try (EdgeStation station = station(Optional.of("h"))) {
      step(station, 0);
      step(station, 1);
      assertThat(seen).isEmpty();
      state(true);
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                step(station, 1.5);
                return seen.size() == 3;
              });
      awaitTypes("NBIRTH", "DBIRTH", "DDATA");
      assertThat(seen.get(2).payload().metrics())
          .hasSize(2)
          .allMatch(Metric::historical)
          .extracting(metric -> metric.as(DataType.INT32).value())
          .containsExactly(new MetricValue.LongValue(-10), new MetricValue.LongValue(-9));

      seen.clear();
      state(false);
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                step(station, 1.6);
                return !seen.isEmpty();
              });
      // The broker may still have the retained state before, so that a birth follows.
      assertThat(seen.get(0).type()).isEqualTo("NDEATH");
    }
  }

  private static void step(EdgeStation station, double seconds) {
    station.step(seconds, TIME.plusMillis((long) (seconds * 1000)));
  }

  private void state(boolean online) throws Exception {
    host.publish(
        "spBv1.0/STATE/h",
        ("{\"online\" : " + online + ", \"timestamp\" : 1}").getBytes(StandardCharsets.UTF_8),
        1,
        true);
  }

  private static MetricValue bdSeq(Sent sent) {
    return sent.payload().metrics().get(0).value();
  }

  private void awaitTypes(String... types) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(seen).extracting(Sent::type).containsExactly(types));
  }
}
