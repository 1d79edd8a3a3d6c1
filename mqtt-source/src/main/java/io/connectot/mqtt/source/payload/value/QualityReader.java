// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.value;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.model.Quality;
import io.connectot.core.spi.line.LineException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads qualities: words, booleans, numbers of OPC Classic up to 255 and status codes of OPC UA
 * above, also in quotes and hexadecimal. Unknown values are UNCERTAIN. Immutable.
 */
public final class QualityReader {
  private static final int MOST_CLASSIC = 0xFF;

  /** Smaller status codes of OPC UA have no information bits, and are Good itself. */
  private static final int LEAST_INFO = 0x400;

  private static final int HEX = 16;
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,10}(\\.0+)?");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-f]{1,8}");

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
    if (DECIMAL.matcher(word).matches()) {
      int point = word.indexOf('.');
      return number(Long.parseLong(point < 0 ? word : word.substring(0, point)));
    }
    if (HEXADECIMAL.matcher(word).matches()) {
      return number(Long.parseLong(word.substring(2), HEX));
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
    if (number > MOST_CLASSIC && number < LEAST_INFO) {
      // Neither; some products have numbers of their own here, such as 512 for bad.
      return Quality.UNCERTAIN;
    }
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
