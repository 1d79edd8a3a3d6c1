// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeaderConverterTest {
  private final HeaderConverter ours = new HeaderConverter();
  private final SimpleHeaderConverter kafka = new SimpleHeaderConverter();

  @AfterEach
  void close() throws IOException {
    ours.close();
    kafka.close();
  }

  private void assertSame(Schema schema, Object value) {
    for (int i = 0; i < 3; i++) {
      assertThat(ours.fromConnectHeader("t", "h", schema, value))
          .as("bytes of %s", value)
          .isEqualTo(kafka.fromConnectHeader("t", "h", schema, value));
    }
  }

  @Test
  void writesEveryTypeAsKafka() {
    List<Object> values =
        Arrays.asList(
            null,
            "",
            "plant/line1",
            "ä€ \ud83d\ude00 \ud800 \"\\",
            "x".repeat(1000),
            true,
            false,
            (byte) -1,
            (short) 300,
            -5,
            1_700_000_000_123_456_789L,
            Long.MIN_VALUE,
            90.6,
            1e-9,
            Double.NaN,
            90.6f,
            new BigDecimal("1.50"),
            new Date(1_700_000_000_123L),
            new byte[] {1, 2},
            List.of("a", 1),
            Map.of("a", 1.5));
    for (Object value : values) {
      assertSame(null, value);
    }
    assertSame(Schema.INT64_SCHEMA, 5L);
    assertSame(Schema.STRING_SCHEMA, "GOOD");
  }

  @Test
  void writesRandomValuesAsKafka() {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      assertSame(null, random.nextLong() >> random.nextInt(64));
      assertSame(null, Choices.of(random).text());
    }
  }

  @Test
  void sharesTheBytesOfRepeatedTexts() {
    ours.fromConnectHeader("t", "h", Schema.STRING_SCHEMA, "line1");
    byte[] second = ours.fromConnectHeader("t", "h", Schema.STRING_SCHEMA, "line1");
    assertThat(second).isEqualTo("line1".getBytes(UTF_8));
    assertThat(ours.fromConnectHeader("t", "h", Schema.STRING_SCHEMA, "line" + 1))
        .isSameAs(ours.fromConnectHeader("t", "h", Schema.STRING_SCHEMA, "line1"));
  }

  @Test
  void refusesWhatKafkaRefuses() {
    assertThatThrownBy(() -> ours.fromConnectHeader("t", "h", null, new Object()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("java.lang.Object");
  }

  @Test
  void readsAsKafka() {
    for (String text : List.of("5", "true", "[1,2]", "text", "1.5")) {
      assertThat(ours.toConnectHeader("t", "h", text.getBytes(UTF_8)))
          .isEqualTo(kafka.toConnectHeader("t", "h", text.getBytes(UTF_8)));
    }
  }

  @Test
  void isConfiguredAsKafka() {
    ours.configure(Map.of("converter.type", "header"));
    assertThat(ours.config().names()).isEqualTo(kafka.config().names());
    assertThat(ours.version()).isNotBlank();
  }
}
