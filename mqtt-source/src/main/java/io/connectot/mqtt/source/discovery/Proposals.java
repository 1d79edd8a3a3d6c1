// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.discovery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Quality;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.mqtt.source.MqttSourceConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Formats that can read a payload, tried with the connector's own dry run. Immutable. */
final class Proposals {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_TRIED = 64 * 1024;
  private static final int MAX_SHOWN = 200;

  private final Map<String, String> props;

  /**
   * @param props a configuration without subscriptions
   */
  Proposals(Map<String, String> props) {
    this.props = props;
  }

  /** The readings of a payload, the proposed one first. */
  List<TagReading> of(String topic, byte[] payload) {
    String text = text(payload);
    List<TagReading> readings = new ArrayList<>();
    for (String format : formats(payload, text)) {
      if (payload.length > MAX_TRIED || works(topic, format, payload)) {
        readings.add(reading(topic, format, payload, text));
      }
    }
    if (readings.isEmpty()) {
      readings.add(reading(topic, "bytes", payload, text));
    }
    return readings;
  }

  private static List<String> formats(byte[] payload, String text) {
    if (text == null || payload.length == 0) {
      return List.of("bytes");
    }
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      parser.skipChildren();
      if (first != null && parser.nextToken() == null) {
        return first.isScalarValue()
            ? List.of("measurement", "string", "json", "bytes")
            : List.of("object", "json", "string", "bytes");
      }
    } catch (IOException e) {
      // Not JSON.
    }
    return List.of("measurement", "string", "bytes");
  }

  private boolean works(String topic, String format, byte[] payload) {
    Map<String, String> tried = new HashMap<>(props);
    tried.put("subscriptions.tried", reading(topic, format, payload, "").line());
    tried.put("mqtt.test.topic", topic);
    tried.put("mqtt.test.payload", "base64:" + Base64.getEncoder().encodeToString(payload));
    try {
      MqttSourceConfig config = MqttSourceConfig.unchecked(tried);
      return config.problems().isEmpty()
          && config.dryRun(Clock.SYSTEM.epochNanos()).problems().isEmpty();
    } catch (ConfigException e) {
      return false;
    }
  }

  private static TagReading reading(String topic, String format, byte[] payload, String text) {
    String shown =
        text == null
            ? HexFormat.of().formatHex(payload, 0, Math.min(payload.length, MAX_SHOWN / 2))
            : text;
    return new TagReading(format, topic, "", Map.of("format", format), shown, Quality.GOOD, null);
  }

  /** The text of a payload; null if it is none. */
  private static String text(byte[] payload) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
      boolean binary =
          text.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
      return binary ? null : text;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
