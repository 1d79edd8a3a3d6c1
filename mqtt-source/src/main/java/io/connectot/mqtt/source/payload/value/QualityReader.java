// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.value;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.model.Quality;
import io.connectot.core.spi.LineException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads qualities: words, booleans, numbers of OPC Classic up to 255 and status codes of OPC UA
 * above. Unknown values are UNCERTAIN. Immutable.
 */
public final class QualityReader {
  private static final int MOST_CLASSIC = 0xFF;

  private final Map<String, Quality> own;

  private QualityReader(Map<String, Quality> own) {
    this.own = Map.copyOf(own);
  }

  /**
   * @param map takes precedence over the built-in words, e.g. {@code 0:good,1:bad}; may be empty
   * @throws LineException when the form is wrong
   */
  public static QualityReader of(String map) throws LineException {
    Map<String, Quality> own = new HashMap<>();
    if (!map.isBlank()) {
      for (String entry : map.split(",", -1)) {
        int colon = entry.lastIndexOf(':');
        Quality quality = colon <= 0 ? null : quality(entry.substring(colon + 1).trim());
        if (quality == null) {
          throw new LineException("must be a list such as 0:good,1:uncertain,2:bad");
        }
        own.put(normalized(entry.substring(0, colon)), quality);
      }
    }
    return new QualityReader(own);
  }

  private static Quality quality(String word) {
    for (Quality quality : Quality.values()) {
      if (quality.name().equalsIgnoreCase(word)) {
        return quality;
      }
    }
    return null;
  }

  public Quality read(JsonNode node) {
    String word = normalized(node.asText());
    Quality known = own.get(word);
    if (known != null) {
      return known;
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return number(node.longValue());
    }
    return switch (word) {
      case "true", "ok", "valid" -> Quality.GOOD;
      case "false", "invalid", "error" -> Quality.BAD;
      default ->
          word.startsWith("good")
              ? Quality.GOOD
              : word.startsWith("bad") ? Quality.BAD : Quality.UNCERTAIN;
    };
  }

  /** OPC DA 3.00 §6.8; OPC UA Part 4 §7.38. */
  private static Quality number(long number) {
    int severity = (int) (number >= 0 && number <= MOST_CLASSIC ? number >> 6 : (number >> 30) & 3);
    boolean classic = number >= 0 && number <= MOST_CLASSIC;
    return switch (severity) {
      case 0 -> classic ? Quality.BAD : Quality.GOOD;
      case 1 -> Quality.UNCERTAIN;
      case 3 -> classic ? Quality.GOOD : Quality.BAD;
      default -> Quality.BAD;
    };
  }

  private static String normalized(String word) {
    return word.trim().toLowerCase(Locale.ROOT);
  }
}
