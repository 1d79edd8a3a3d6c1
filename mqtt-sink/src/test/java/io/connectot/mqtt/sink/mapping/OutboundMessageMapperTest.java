// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.sink.UnwritableRecordException;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.UserProperty;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundMessageMapperTest {
  private static OutboundMessageMapper mapper(String... settings) {
    Map<String, String> props = new HashMap<>();
    props.put("mqtt.brokers", "tcp://broker");
    props.put("mqtt.topic", "a/b");
    for (int i = 0; i < settings.length; i += 2) {
      props.put(settings[i], settings[i + 1]);
    }
    return new OutboundMessageMapper(MqttSinkConfig.of(props).keys());
  }

  private static OutboundMessage map(SinkRecord record, String... settings) {
    return mapper(settings).map(record).orElseThrow();
  }

  private static String text(OutboundMessage message) {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }

  private static void assertUnpublishable(String cause, SinkRecord record, String... settings) {
    OutboundMessageMapper mapper = mapper(settings);
    assertThatThrownBy(() -> mapper.map(record))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining(cause);
  }

  @Test
  void publishesBytesAndTextAsTheyAre() {
    byte[] bytes = {0, (byte) 0xFF, 7};
    assertThat(map(Records.of(bytes)).payload()).isEqualTo(bytes);
    assertThat(map(Records.of(ByteBuffer.wrap(bytes, 1, 2))).payload()).containsExactly(0xFF, 7);
    assertThat(map(Records.of("größe")).payload())
        .isEqualTo("größe".getBytes(StandardCharsets.UTF_8));
    assertThat(map(Records.of(bytes)).properties().utf8()).isFalse();
    assertThat(map(Records.of("x")).properties().utf8()).isTrue();
  }

  @Test
  void publishesSingleValuesAsText() {
    assertThat(List.<Object>of((byte) 1, (short) 2, 3, 4L, 1.5f, 2.5, true, new BigDecimal("1E+3")))
        .extracting(value -> text(map(Records.of(value))))
        .containsExactly("1", "2", "3", "4", "1.5", "2.5", "true", "1000");
    assertThat(text(map(Records.of(org.apache.kafka.connect.data.Date.SCHEMA, new Date(0)))))
        .isEqualTo("1970-01-01");
  }

  @Test
  void publishesEverythingElseAsJson() {
    assertThat(text(map(Records.of(Map.of("a", 1))))).isEqualTo("{\"a\":1}");
    assertThat(text(map(Records.of(Arrays.asList("a", null))))).isEqualTo("[\"a\",null]");
    Schema schema = SchemaBuilder.struct().field("x", Schema.INT32_SCHEMA).build();
    assertThat(text(map(Records.of(schema, new Struct(schema).put("x", 1)))))
        .isEqualTo("{\"x\":1}");
  }

  @Test
  void publishesOneFieldAlone() {
    SinkRecord record = Records.of(Map.of("a", Map.of("b", 7)));
    assertThat(text(map(record, "mqtt.payload.field", "a.b"))).isEqualTo("7");
    assertThat(text(map(record, "mqtt.payload.field", "a"))).isEqualTo("{\"b\":7}");
    assertUnpublishable("no field 'a.c'", record, "mqtt.payload.field", "a.c");
    assertUnpublishable("no field 'a'", Records.of("text"), "mqtt.payload.field", "a");
  }

  @Test
  void membersKeepTheirOrder() {
    String json = "{\"z\":1,\"a\":{\"y\":1.50,\"b\":null},\"m\":2}";
    SinkRecord record = Records.of(json);
    OutboundMessage whole = map(record, "mqtt.topic", "a/${field.m}");
    assertThat(text(whole)).isEqualTo(json);
    assertThat(whole.topic()).isEqualTo("a/2");
    assertThat(text(map(record, "mqtt.payload.field", "a"))).isEqualTo("{\"y\":1.50,\"b\":null}");
  }

  @Test
  void dotsOfKafkaTopicsBecomeLevels() {
    SinkRecord record = new SinkRecord("plant.press1.temp", 0, null, "k.1", null, 1.0, 0);
    assertThat(map(record, "mqtt.topic", "x/${topic}/${key}", "mqtt.topic.separator", ".").topic())
        .isEqualTo("x/plant/press1/temp/k.1");
    assertThat(map(record, "mqtt.topic", "x/${topic}").topic()).isEqualTo("x/plant.press1.temp");
  }

  @Test
  void clearsTheRetainedMessageOfARecordWithoutAValue() {
    SinkRecord tombstone = Records.of(null);
    OutboundMessage message = map(tombstone, "mqtt.message.expiry.ms", "1000");
    assertThat(message.payload()).isEmpty();
    assertThat(message.retained()).isTrue();
    assertThat(message.topic()).isEqualTo("a/b");
    assertThat(message.properties().expiry()).isEmpty();
    SinkRecord nullField = Records.of(Collections.singletonMap("v", null));
    assertThat(map(nullField, "mqtt.payload.field", "v").payload()).isEmpty();
    assertThat(mapper("mqtt.tombstone", "skip").map(tombstone)).isEmpty();
    assertUnpublishable("no value", tombstone, "mqtt.tombstone", "report");
  }

  @Test
  void anEmptyTextIsAValue() {
    assertThat(map(Records.of("")).retained()).isFalse();
  }

  @Test
  void takesQosRetainAndExpiryFromTheRecord() {
    SinkRecord record = Records.of(Map.of("keep", true, "ttl", 90_500L));
    record.headers().addString("mqtt.qos", "2");
    String[] settings = {
      "mqtt.qos", "${header.mqtt.qos}",
      "mqtt.retain", "${field.keep}",
      "mqtt.message.expiry.ms", "${field.ttl}"
    };
    OutboundMessage message = map(record, settings);
    assertThat(message.qos()).isEqualTo(2);
    assertThat(message.retained()).isTrue();
    assertThat(message.properties().expiry()).contains(Duration.ofMillis(90_500));
    OutboundMessage other = map(Records.of("x"), settings);
    assertThat(other.qos()).isEqualTo(1);
    assertThat(other.retained()).isFalse();
    assertThat(other.properties().expiry()).isEmpty();
  }

  @Test
  void refusesWhatARecordMustNotSay() {
    SinkRecord record = Records.of(Map.of("v", "7"));
    assertUnpublishable("mqtt.qos=${field.v} is '7'", record, "mqtt.qos", "${field.v}");
    assertUnpublishable("true or false", record, "mqtt.retain", "${field.v}");
    SinkRecord negative = Records.of(Map.of("v", -1));
    assertUnpublishable("milliseconds", negative, "mqtt.message.expiry.ms", "${field.v}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a+b", "#", "a\u0000b", "\uD800", "\uDC00x"})
  void refusesValuesThatNoTopicMayHold(String value) {
    assertUnpublishable(
        "the MQTT topic", Records.of(Map.of("v", value)), "mqtt.topic", "a/${field.v}");
  }

  @ParameterizedTest
  @CsvSource({"a/b, x/a/b", "'', x/", "/, x//", "größe😀, x/größe😀"})
  void keepsWhatATopicMayHold(String value, String topic) {
    SinkRecord record = Records.of(Map.of("v", value));
    assertThat(map(record, "mqtt.topic", "x/${field.v}").topic()).isEqualTo(topic);
  }

  @Test
  void refusesTopicsThatAreEmptyOrTooLong() {
    assertUnpublishable("is empty", Records.of(Map.of("v", "")), "mqtt.topic", "${field.v}");
    SinkRecord longest = Records.of(Map.of("v", "ü".repeat(32_767)));
    assertThat(map(longest, "mqtt.topic", "${field.v}").topic()).hasSize(32_767);
    SinkRecord longer = Records.of(Map.of("v", "ü".repeat(32_768)));
    assertUnpublishable("65535", longer, "mqtt.topic", "${field.v}");
  }

  @Test
  void refusesPayloadsThatAreTooLong() {
    assertThat(map(Records.of("12345"), "mqtt.payload.max.bytes", "5").payload()).hasSize(5);
    assertUnpublishable("6 bytes", Records.of("123456"), "mqtt.payload.max.bytes", "5");
  }

  private static SinkRecord withHeaders() {
    SinkRecord record = Records.of("x");
    record
        .headers()
        .addString("mqtt.user.line", "1")
        .addString("mqtt.user.line", "2")
        .addInt("mqtt.user.count", 3)
        .addString("mqtt.content.type", "text/plain")
        .addString("mqtt.response.topic", "answers/here")
        .addBytes("mqtt.correlation.data", new byte[] {1, 2})
        .addString("mqtt.topic", "from/here")
        .addString("ot.unit", "°C")
        .add("mqtt.user.none", null, null);
    return record;
  }

  @Test
  void makesPropertiesOfTheHeadersThatTheSourceWrites() {
    MessageProperties properties = map(withHeaders()).properties();
    assertThat(properties.userProperties())
        .containsExactly(
            new UserProperty("line", "1"),
            new UserProperty("line", "2"),
            new UserProperty("count", "3"));
    assertThat(properties.contentType()).contains("text/plain");
    assertThat(properties.responseTopic()).contains("answers/here");
    assertThat(properties.correlationData().orElseThrow()).containsExactly(1, 2);
  }

  @Test
  void makesUserPropertiesOfOtherHeadersOnlyWhenAsked() {
    assertThat(map(withHeaders(), "mqtt.headers", "all").properties().userProperties())
        .containsExactly(
            new UserProperty("line", "1"),
            new UserProperty("line", "2"),
            new UserProperty("count", "3"),
            new UserProperty("ot.unit", "°C"));
    MessageProperties none = map(withHeaders(), "mqtt.headers", "none").properties();
    assertThat(none.userProperties()).isEmpty();
    assertThat(none.contentType()).isEmpty();
  }

  @Test
  void hasNoPropertiesInMqtt3() {
    assertThat(map(withHeaders(), "mqtt.version", "3").properties())
        .isEqualTo(MessageProperties.NONE);
  }

  @Test
  void refusesHeadersThatMqttDoesNotAllow() {
    SinkRecord wildcard = Records.of("x");
    wildcard.headers().addString("mqtt.response.topic", "a/#");
    assertUnpublishable("header mqtt.response.topic", wildcard);
    SinkRecord longer = Records.of("x");
    longer.headers().addString("mqtt.user.a", "x".repeat(65_536));
    assertUnpublishable("header mqtt.user.a", longer);
    SinkRecord correlation = Records.of("x");
    correlation.headers().addBytes("mqtt.correlation.data", new byte[65_536]);
    assertUnpublishable("header mqtt.correlation.data", correlation);
  }
}
