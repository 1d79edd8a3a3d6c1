// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.mqtt.source.mapping.Mapped.Made;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.data.ConnectSchema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever topic and payload a message has, it becomes records that Connect takes, or poison. */
class FuzzTest {
  private static final int ROUNDS = 10_000;

  private static final List<String> SEEDS =
      List.of(
          "{\"ts\":1700000000123,\"v\":21.5,\"q\":192,\"u\":\"bar\",\"dev\":{\"id\":\"p1\"}}",
          "{\"s\":[{\"v\":1,\"t\":\"2023-11-14T22:13:20Z\"},{\"v\":null,\"q\":\"bad\"}]}",
          "{\"m\":{\"a\":1,\"b\":true,\"c\":\"x\",\"d\":[1,2.5,null],\"e\":{\"f\":{}}}}",
          "[1,[2,[3,[]]],{\"a\":[{\"b\":1},{\"b\":\"x\"}]},18446744073709551616,1e308]",
          "21.5",
          "-Infinity",
          "\"\\ud800\"",
          "ÄÖÜ€😀");

  private static final Pattern TOPIC = Pattern.compile("(?!\\.\\.?$)[a-zA-Z0-9._-]{1,249}");

  private static final List<String> TOPICS =
      List.of("plant/p1/temp", "plant", "/", "a//b", "$SYS/x", "plant/ö/ü", "x", "plant/./..");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format=bytes",
        "format=string compression=auto",
        "format=json key=/dev/id",
        "format=json compression=gzip key=none",
        "format=json json.schema=inferred",
        "format=measurement",
        "format=measurement value=/v time=/ts quality=/q unit=/u device=/dev/id type=float64",
        "format=measurement samples=/s value=/v time=/t time.format=iso",
        "format=measurement values=/m topic=${device}.${topic[-1]} type=string compression=zlib",
        "format=measurement time=/ts time.format=ns type=uint8 value=/v"
      })
  void becomesRecordsOrPoison(String line) throws IOException {
    Mapped mapped =
        new Mapped("subscriptions.all", "# " + line, "mqtt.payload.max.bytes", "100000");
    Random random = new Random(line.hashCode());
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      InboundMessage message = message(random);
      try {
        for (Made made : mapped.map(message)) {
          check(made);
        }
        read++;
      } catch (PoisonMessageException e) {
        assertThat(e.getMessage().contains(message.topic())).isTrue();
      }
    }
    assertThat(read).as(line).isPositive();
  }

  private static void check(Made made) {
    assertThat(TOPIC.matcher(made.topic()).matches()).as(made.topic()).isTrue();
    if (made.schema() != null) {
      ConnectSchema.validateValue(made.schema(), made.value());
    }
    assertThat(made.timestamp() >= 0 && made.size() > 0).isTrue();
  }

  private static InboundMessage message(Random random) throws IOException {
    return new InboundMessage(
        1,
        topic(random),
        payload(random),
        random.nextInt(3),
        random.nextBoolean(),
        random.nextBoolean(),
        1,
        MessageProperties.NONE);
  }

  private static String topic(Random random) {
    String topic = TOPICS.get(random.nextInt(TOPICS.size()));
    return switch (random.nextInt(4)) {
      case 0 -> topic + "/" + random.nextInt(20_000);
      case 1 -> topic + "/" + "x".repeat(random.nextInt(1000));
      case 2 -> topic + (char) (1 + random.nextInt(0xD700)) + "/y";
      default -> topic;
    };
  }

  private static byte[] payload(Random random) throws IOException {
    byte[] payload = text(random).getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(3) == 0) {
      payload = compressed(payload);
    }
    for (int i = random.nextInt(4); i > 0 && payload.length > 0; i--) {
      payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
    }
    return payload;
  }

  private static String text(Random random) {
    String seed = SEEDS.get(random.nextInt(SEEDS.size()));
    return switch (random.nextInt(6)) {
      case 0 -> seed.substring(0, random.nextInt(seed.length() + 1));
      case 1 -> seed.replace("1", Long.toString(random.nextLong()));
      case 2 -> "[".repeat(random.nextInt(300)) + seed;
      case 3 -> seed.replace("\"v\"", "\"x\"").replace("21.5", "\"NaN\"");
      default -> seed;
    };
  }

  private static byte[] compressed(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
