// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.UserProperty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.junit.jupiter.api.Test;

/** What becomes of properties that the MQTT source wrote as headers, on their way through Kafka. */
class HeaderRoundTripTest {
  private static MessageProperties through(HeaderConverter converter) {
    ConnectHeaders written = new ConnectHeaders();
    written.addString("mqtt.user.version", "1.10");
    written.addString("mqtt.user.flag", "true");
    written.addString("mqtt.content.type", "text/plain");
    written.addBytes("mqtt.correlation.data", new byte[] {0, (byte) 0xFF});
    SinkRecord record = Records.of("x");
    for (Header header : written) {
      byte[] bytes =
          converter.fromConnectHeader("t", header.key(), header.schema(), header.value());
      record.headers().add(header.key(), converter.toConnectHeader("t", header.key(), bytes));
    }
    return new HeaderMapper(HeaderPolicy.MQTT).properties(record, Duration.ZERO, true);
  }

  @Test
  void theJsonConverterKeepsThem() throws Exception {
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(Map.of("converter.type", "header"));
      MessageProperties properties = through(converter);
      assertThat(properties.userProperties())
          .isEqualTo(
              List.of(new UserProperty("version", "1.10"), new UserProperty("flag", "true")));
      assertThat(properties.contentType()).contains("text/plain");
      assertThat(properties.correlationData().orElseThrow()).containsExactly(0, 0xFF);
    }
  }

  /** As the documentation says; a reason to change it if Connect does. */
  @Test
  void theDefaultConverterGuesses() throws Exception {
    try (SimpleHeaderConverter converter = new SimpleHeaderConverter()) {
      converter.configure(Map.of());
      MessageProperties properties = through(converter);
      assertThat(properties.userProperties())
          .isEqualTo(List.of(new UserProperty("version", "1.1"), new UserProperty("flag", "true")));
      assertThat(new String(properties.correlationData().orElseThrow(), UTF_8)).isEqualTo("AP8=");
    }
  }
}
