// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.record.RecordSize;
import io.connectot.mqtt.source.mapping.Mapped.Made;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.UserProperty;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that do not fit a record of Kafka. */
class LargeMessagesTest {
  private static final String TOPIC = "plant/press1/temp";
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
  private static final int LIMIT = 1_000_000;

  private static byte[] payload(int length) {
    byte[] payload = new byte[length];
    new Random(1).nextBytes(payload);
    return payload;
  }

  private static Mapped deadLetters(String... more) {
    String[] settings = Arrays.copyOf(more, more.length + 4);
    settings[more.length] = "mqtt.poison";
    settings[more.length + 1] = "deadletter";
    settings[more.length + 2] = "mqtt.deadletter.topic";
    settings[more.length + 3] = "dead";
    return new Mapped(settings);
  }

  @Test
  void theReasonNamesTopicsSizeAndRemedy() {
    Mapped mapped = new Mapped("mqtt.payload.max.bytes", "4000000");
    assertThatThrownBy(() -> mapped.map(Mapped.message(TOPIC, payload(2_097_152))))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContainingAll(
            TOPIC,
            "Kafka topic plant.press1",
            "2796",
            "record.max.bytes is 1000000",
            "producer.override.max.request.size",
            "max.message.bytes");
  }

  @Test
  void theDefaultOfPayloadsFitsARecord() {
    assertThatThrownBy(() -> new Mapped().map(Mapped.message(TOPIC, payload(2_097_152))))
        .hasMessageContainingAll(
            TOPIC,
            "mqtt.payload.max.bytes=1000000",
            "record.max.bytes",
            "producer.override.max.request.size");
  }

  @Test
  void skippingGoesOn() throws Exception {
    Mapped mapped = new Mapped("mqtt.poison", "skip");
    assertThat(mapped.map(Mapped.message(TOPIC, payload(2_097_152)))).isEmpty();
    assertThat(mapped.map(Mapped.message(TOPIC, payload(10)))).hasSize(1);
  }

  @Test
  void deadLettersAreCutToFitAndSaySo() throws Exception {
    byte[] payload = payload(2_097_152);
    Made letter = deadLetters().map(Mapped.message(TOPIC, payload)).get(0);
    byte[] part = (byte[]) letter.value();
    assertThat(part).isEqualTo(Arrays.copyOf(payload, part.length)).hasSizeGreaterThan(700_000);
    assertThat(RecordSize.LONGEST.of(record(letter))).isLessThanOrEqualTo(LIMIT);
    assertThat(letter.header("ot.payload.truncated")).isEqualTo(true);
    assertThat(letter.header("ot.payload.length")).isEqualTo(2_097_152);
    assertThat(letter.header("ot.payload.sha256"))
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload)));
    assertThat(letter.header("ot.payload.form")).isEqualTo("bytes");
  }

  @Test
  void deadLettersInBase64AreCutToFit() throws Exception {
    byte[] payload = payload(2_097_152);
    Made letter = deadLetters("mqtt.format", "string").map(Mapped.message(TOPIC, payload)).get(0);
    assertThat(letter.schema()).isEqualTo(Schema.STRING_SCHEMA);
    byte[] part = Base64.getDecoder().decode((String) letter.value());
    assertThat(part).isEqualTo(Arrays.copyOf(payload, part.length)).hasSizeGreaterThan(700_000);
    assertThat(RecordSize.LONGEST.of(record(letter))).isLessThanOrEqualTo(LIMIT);
  }

  @Test
  void deadLettersForAConverterOfBytesTakeTheWholeRecord() throws Exception {
    Made letter =
        deadLetters("value.converter", BYTES).map(Mapped.message(TOPIC, payload(2_097_152))).get(0);
    assertThat((byte[]) letter.value()).hasSizeBetween(990_000, LIMIT);
  }

  /** The form is one that the converter carries. */
  @ParameterizedTest
  @CsvSource({
    "json, '', base64",
    "measurement, '', base64",
    "string, '', base64",
    "bytes, '', bytes",
    "bytes, org.apache.kafka.connect.converters.ByteArrayConverter, bytes",
    "bytes, org.apache.kafka.connect.json.JsonConverter, base64",
    "string, org.apache.kafka.connect.storage.StringConverter, base64"
  })
  void deadLettersHaveAFormThatTheConverterCarries(String format, String converter, String form)
      throws Exception {
    Mapped mapped =
        converter.isEmpty()
            ? deadLetters("mqtt.format", format)
            : deadLetters("mqtt.format", format, "value.converter", converter);
    Made letter = mapped.map(Mapped.message(TOPIC, payload(1_500_000))).get(0);
    assertThat(letter.header("ot.payload.form")).isEqualTo(form);
    assertThat(letter.schema())
        .isEqualTo(form.equals("bytes") ? Schema.BYTES_SCHEMA : Schema.STRING_SCHEMA);
  }

  @Test
  void propertiesAndTopicsThatTakeTooMuchAreLeftOutOrCut() throws Exception {
    String topic = "plant/" + "\u0001".repeat(60_000) + "/temp";
    MessageProperties properties =
        new MessageProperties(
            Collections.nCopies(20, new UserProperty("name", "x".repeat(60_000))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);
    InboundMessage message =
        new InboundMessage(1, topic, payload(500_000), 1, false, false, 7, properties);
    Made letter = deadLetters("topic", "t").map(message).get(0);
    assertThat(RecordSize.LONGEST.of(record(letter))).isLessThanOrEqualTo(LIMIT);
    assertThat(letter.header("ot.properties.omitted")).isEqualTo(true);
    assertThat(letter.header("mqtt.user.name")).isNull();
    assertThat((String) letter.key()).startsWith("plant/").endsWith("...");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "string", "json"})
  void whatFitsIsPassedThrough(String format) throws Exception {
    byte[] text = ("\"" + "x".repeat(700_000) + "\"").getBytes(StandardCharsets.UTF_8);
    assertThat(new Mapped("mqtt.format", format).map(Mapped.message(TOPIC, text))).hasSize(1);
  }

  /** JsonConverter writes bytes in Base64, and escapes text. */
  @Test
  void countsWhatAConverterMakesOfAPayload() throws Exception {
    InboundMessage message = Mapped.message(TOPIC, payload(900_000));
    assertThatThrownBy(() -> new Mapped().map(message)).hasMessageContaining("record.max.bytes");
    assertThat(new Mapped("value.converter", BYTES).map(message)).hasSize(1);
    String escaped = "\n".repeat(400_000);
    assertThatThrownBy(() -> new Mapped("mqtt.format", "string").one(TOPIC, escaped))
        .hasMessageContaining("record.max.bytes");
    assertThat(
            new Mapped(
                    "mqtt.format", "string",
                    "value.converter", "org.apache.kafka.connect.storage.StringConverter")
                .map(TOPIC, escaped))
        .hasSize(1);
  }

  private static PreparedRecord record(Made made) {
    return new PreparedRecord(
        made.topic(),
        made.keySchema(),
        made.key(),
        made.schema(),
        made.value(),
        made.timestamp(),
        made.headers(),
        made.size());
  }
}
