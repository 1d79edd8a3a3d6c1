// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.spi.Ack;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.mapping.Mapped.Made;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;

/** What becomes of messages that cannot be read, that nobody wants or that nobody asked for. */
class PoisonTest {
  private static final String TOPIC = "plant/press1/temp";

  @Test
  void failingIsTheDefault() {
    Mapped mapped = new Mapped("mqtt.format", "json");
    assertThatThrownBy(() -> mapped.one(TOPIC, "{\"a\":"))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContainingAll(TOPIC, "subscription all", "not JSON");
    assertThatThrownBy(() -> mapped.one(TOPIC, "{} {}")).hasMessageContaining("not JSON");
    assertThatThrownBy(() -> mapped.one(TOPIC, "{\"a\":1,\"a\":2}")).hasMessageContaining("'a'");
    assertThatThrownBy(() -> mapped.one(TOPIC, "1e999")).hasMessageContaining("64 bits");
  }

  @Test
  void deepJsonIsPoisonAndNoStackOverflow() {
    Mapped mapped = new Mapped("mqtt.format", "json");
    assertThatThrownBy(() -> mapped.one(TOPIC, "[".repeat(1_000_000)))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining("nesting depth");
  }

  @Test
  void skippingCounts() throws Exception {
    Mapped mapped = new Mapped("mqtt.format", "json", "mqtt.poison", "skip");
    assertThat(mapped.map(TOPIC, "nonsense")).isEmpty();
    assertThat(mapped.map(TOPIC, "1")).hasSize(1);
    assertThat(mapped.counts.skipped()).isEqualTo(1);
  }

  @Test
  void deadLettersHaveThePayloadAndTheReason() throws Exception {
    Mapped mapped =
        new Mapped(
            "mqtt.format", "json",
            "mqtt.poison", "deadletter",
            "mqtt.deadletter.topic", "plant.dead");
    Made made = mapped.one(TOPIC, "nonsense");
    assertThat(made.topic()).isEqualTo("plant.dead");
    assertThat(made.schema()).isEqualTo(Schema.STRING_SCHEMA);
    assertThat(Base64.getDecoder().decode((String) made.value()))
        .isEqualTo("nonsense".getBytes(StandardCharsets.UTF_8));
    assertThat(made.header("ot.record")).isEqualTo("deadletter");
    assertThat(made.header("ot.payload.form")).isEqualTo("base64");
    assertThat(made.header("ot.payload.length")).isEqualTo(8);
    assertThat(made.header("ot.payload.truncated")).isEqualTo(false);
    assertThat(made.header("ot.payload.sha256"))
        .isEqualTo("999aaa8645bb72ff599e143b1e3d2a94777127f4783a69f067251f7bbebc5ab6");
    assertThat(made.key()).isEqualTo(TOPIC);
    assertThat(made.header("mqtt.topic")).isEqualTo(TOPIC);
    assertThat(made.header("ot.error.reason")).asString().contains("not JSON");
    assertThat(made.header("ot.error.exception")).asString().contains("JsonParseException");
    assertThat(made.header("ot.error.subscription")).isEqualTo("all");
    assertThat(made.header("ot.error.connector")).isEqualTo("press-shop");
    assertThat(mapped.counts.deadLetters()).isEqualTo(1);
  }

  @Test
  void deadLettersSayWhyAlsoWithoutOtherHeaders() throws Exception {
    Mapped mapped =
        new Mapped(
            "mqtt.format", "json",
            "mqtt.poison", "deadletter",
            "mqtt.deadletter.topic", "plant.dead",
            "record.headers", "none");
    Made made = mapped.one(TOPIC, "nonsense");
    assertThat(made.header("ot.record")).isEqualTo("deadletter");
    assertThat(made.header("ot.error.reason")).asString().contains("not JSON");
    assertThat(made.header("mqtt.topic")).isNull();
    assertThat(made.header("ot.protocol")).isNull();
  }

  @Test
  void messagesOfNoSubscriptionAreTakenAndCounted() throws Exception {
    Mapped mapped = new Mapped("mqtt.format", "string", "topic", "plant.${subscription}.${1}");
    Made made = mapped.one("old/filter", "x");
    assertThat(made.topic()).isEqualTo("plant.unmatched.old_filter");
    assertThat(made.value()).isEqualTo("x");
    assertThat(mapped.counts.unmatched()).isEqualTo(1);
  }

  /** Kafka would not create the second topic, and the task would wait for it. */
  @Test
  void messagesWhoseKafkaTopicsCollideArePoison() throws Exception {
    String[] settings = {"subscriptions.all", "t/+ format=bytes topic=t.${topic}"};
    Mapped mapped = new Mapped(settings);
    assertThat(mapped.map("t/a.b", "1")).hasSize(1);
    assertThatThrownBy(() -> mapped.map("t/a_b", "2"))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContainingAll("t/a_b", "t.t_a_b", "t.t_a.b", "differ only in '.' and '_'");
    Mapped routed = new Mapped("subscriptions.all", "t/+ topic=t.${topic}", "transforms", "route");
    assertThat(routed.map("t/a.b", "1")).hasSize(1);
    assertThat(routed.map("t/a_b", "2")).hasSize(1);
  }

  @Test
  void messagesOfNoSubscriptionArePoisonWhereTheConverterWouldSpoilThem() {
    Mapped mapped =
        new Mapped(
            "subscriptions.all", "plant/+/temp format=string",
            "value.converter", "org.apache.kafka.connect.storage.StringConverter");
    assertThatThrownBy(() -> mapped.one("old/filter", "x"))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContainingAll("old/filter", "StringConverter", "bytes", "set mqtt.format");
  }

  @Test
  void retainedMessagesAreSkippedOnDemand() throws Exception {
    InboundMessage retained =
        new InboundMessage(1, TOPIC, new byte[1], 1, true, false, 1, MessageProperties.NONE);
    Mapped skipping = new Mapped("subscriptions.all", "plant/# retained=skip");
    assertThat(skipping.map(retained)).isEmpty();
    assertThat(skipping.counts.retainedDropped()).isEqualTo(1);
    assertThat(new Mapped().map(retained)).hasSize(1);
  }

  @Test
  void metricsTellOfPoisonAndOfMessagesOfNoSubscription() throws Exception {
    Map<TaskMetric, Long> metrics = new EnumMap<>(TaskMetric.class);
    MessageCounts counts = new MessageCounts((metric, n) -> metrics.merge(metric, n, Long::sum));
    InboundMessageMapper mapper =
        new MqttSourceConfig(Mapped.config("mqtt.format", "json", "mqtt.poison", "skip"))
            .newMapper(counts);
    for (String topic : new String[] {TOPIC, "old/filter"}) {
      for (byte payload : new byte[] {'1', '{'}) {
        mapper.map(Mapped.message(topic, new byte[] {payload}), Mapped.RECEIVED, Ack.NONE);
      }
    }
    assertThat(metrics)
        .containsOnly(
            entry(TaskMetric.MESSAGES_POISON, 2L), entry(TaskMetric.MESSAGES_UNMATCHED, 1L));
  }
}
