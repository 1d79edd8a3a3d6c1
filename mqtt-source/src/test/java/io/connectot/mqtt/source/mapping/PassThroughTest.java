// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.mqtt.source.mapping.Mapped.Made;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.UserProperty;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;

/** Payloads that pass through, with their topics, keys and headers. */
class PassThroughTest {
  private static final String TOPIC = "plant/press1/temp";

  @Test
  void bytesStayAsTheyAre() throws Exception {
    InboundMessage message = Mapped.message(TOPIC, new byte[] {0, -1, 3});
    Made made = new Mapped().map(message).get(0);
    assertThat(made.topic()).isEqualTo("plant.press1");
    assertThat(made.schema()).isEqualTo(Schema.BYTES_SCHEMA);
    assertThat(made.value()).isSameAs(message.payload());
    assertThat(made.keySchema()).isEqualTo(Schema.STRING_SCHEMA);
    assertThat(made.key()).isEqualTo(TOPIC);
    assertThat(made.timestamp()).isEqualTo(1_700_000_000_123L);
    assertThat(made.size()).isGreaterThan(3);
  }

  @Test
  void stringsAreStrictUtf8() throws Exception {
    Mapped mapped = new Mapped("mqtt.format", "string");
    assertThat(mapped.one(TOPIC, "21 °C").value()).isEqualTo("21 °C");
    assertThat(mapped.one(TOPIC, "").value()).isEqualTo("");
    assertThatThrownBy(() -> mapped.map(Mapped.message(TOPIC, new byte[] {(byte) 0xC3})))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContainingAll(TOPIC, "all", "UTF-8", "format=bytes", "mqtt.poison");
  }

  @Test
  void jsonBecomesMapsAndLists() throws Exception {
    Made made =
        new Mapped("mqtt.format", "json")
            .one(
                TOPIC,
                "{\"a\": [1, 2.5, null, true], \"b\": {\"c\": \"x\"},"
                    + " \"big\": 18446744073709551615}");
    assertThat(made.schema()).isNull();
    Map<String, Object> expected = new HashMap<>();
    expected.put("a", Arrays.asList(1L, 2.5, null, true));
    expected.put("b", Map.of("c", "x"));
    expected.put("big", "18446744073709551615");
    assertThat(made.value()).isEqualTo(expected);
  }

  @Test
  void anEmptyJsonPayloadDeletes() throws Exception {
    Made made = new Mapped("mqtt.format", "json").one(TOPIC, "");
    assertThat(made.value()).isNull();
    assertThat(made.schema()).isNull();
    assertThat(made.key()).isEqualTo(TOPIC);
  }

  @Test
  void lineOptionsGoBeforeKeysOfTheConnector() throws Exception {
    Mapped mapped =
        new Mapped(
            "mqtt.format", "bytes",
            "subscriptions.a", "plant/+/+/temp format=json topic=x.${1}.${2} key=${topic[-1]}",
            "subscriptions.b", "plant/# format=string key=none topic=y.${subscription}.${1}",
            "subscriptions.c", "cars/# match=cars/(\\w+)-(\\d+)/.* topic=${1} key=car-${2}");
    Made a = mapped.one("plant/hall/press1/temp", "{}");
    assertThat(a.topic()).isEqualTo("x.hall.press1");
    assertThat(a.key()).isEqualTo("temp");
    Made b = mapped.one("plant/hall 2/ö", "{}");
    assertThat(b.topic()).isEqualTo("y.b.hall_2__");
    assertThat(b.key()).isNull();
    assertThat(b.keySchema()).isNull();
    Made c = mapped.one("cars/audi-12/speed", "1");
    assertThat(c.topic()).isEqualTo("audi");
    assertThat(c.key()).isEqualTo("car-12");
    assertThatThrownBy(() -> mapped.one("cars/x", "1")).hasMessageContainingAll("match=", "c:");
  }

  @Test
  void keysMayStandInThePayload() throws Exception {
    Mapped mapped = new Mapped("mqtt.format", "json", "mqtt.key", "/device/id");
    assertThat(mapped.one(TOPIC, "{\"device\": {\"id\": 17}}").key()).isEqualTo("17");
    assertThatThrownBy(() -> mapped.one(TOPIC, "{\"device\": 17}"))
        .hasMessageContaining("/device/id");
    // A deleted retained message does not say which key it had.
    assertThat(mapped.map(TOPIC, "")).isEmpty();
  }

  @Test
  void onlyTheKindOfTheRecordIsAHeaderWithoutHeaders() throws Exception {
    Made made = new Mapped("record.headers", "none").one(TOPIC, "x");
    assertThat(made.headers())
        .singleElement()
        .satisfies(header -> assertThat(header.key()).isEqualTo("ot.record"))
        .satisfies(header -> assertThat(header.value()).isEqualTo("message"));
  }

  @Test
  void headersSayWhatTheMessageSaid() throws Exception {
    InboundMessage message =
        new InboundMessage(
            1,
            TOPIC,
            new byte[0],
            0,
            true,
            true,
            0,
            new MessageProperties(
                List.of(new UserProperty("site", "munich"), new UserProperty("site", "graz")),
                Optional.of("text/plain"),
                Optional.of("reply/here"),
                Optional.of("42".getBytes(StandardCharsets.UTF_8)),
                Optional.of(Duration.ofSeconds(60)),
                true));
    Made made = new Mapped().map(message).get(0);
    assertThat(made.header("ot.record")).isEqualTo("message");
    assertThat(made.header("ot.protocol")).isEqualTo("mqtt");
    assertThat(made.header("ot.connector")).isEqualTo("press-shop");
    assertThat(made.header("ot.endpoint")).isEqualTo("tcp://broker:1883");
    assertThat(made.header("mqtt.topic")).isEqualTo(TOPIC);
    assertThat(made.header("mqtt.qos")).isEqualTo(0);
    assertThat(made.header("mqtt.retain")).isEqualTo(true);
    assertThat(made.header("mqtt.dup")).isEqualTo(true);
    assertThat(made.header("mqtt.content.type")).isEqualTo("text/plain");
    assertThat(made.header("mqtt.response.topic")).isEqualTo("reply/here");
    assertThat(made.header("mqtt.correlation.data"))
        .isEqualTo("42".getBytes(StandardCharsets.UTF_8));
    assertThat(made.header("mqtt.message.expiry")).isEqualTo(60L);
    assertThat(made.headers().allWithName("mqtt.user.site"))
        .toIterable()
        .extracting(header -> header.value())
        .containsExactly("munich", "graz");
  }

  @Test
  void headersOfOneRecordAreItsOwn() throws Exception {
    Mapped mapped = new Mapped();
    mapped.one(TOPIC, "1").headers().addString("added", "by a transformation");
    assertThat(mapped.one(TOPIC, "2").header("added")).isNull();
  }
}
