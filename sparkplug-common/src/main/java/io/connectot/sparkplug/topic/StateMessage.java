// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.topic;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The payload of a STATE message.
 *
 * @param online whether the host application is online
 * @param timestamp milliseconds since 1970
 */
public record StateMessage(boolean online, long timestamp) {
  private static final Pattern ONLINE = Pattern.compile("\"online\"\\s*:\\s*(true|false)\\b");
  private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\"\\s*:\\s*(\\d{1,18})\\b");

  /** Longer payloads are not read. */
  private static final int MAX_LENGTH = 10_000;

  /** The JSON text as UTF-8. */
  public byte[] toBytes() {
    return ("{\"online\":" + online + ",\"timestamp\":" + timestamp + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a payload, with blanks and members in any order; empty when it is not a STATE message.
   */
  public static Optional<StateMessage> parse(byte[] payload) {
    if (payload.length > MAX_LENGTH) {
      return Optional.empty();
    }
    String text = new String(payload, StandardCharsets.UTF_8).trim();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return Optional.empty();
    }
    Matcher online = ONLINE.matcher(text);
    Matcher timestamp = TIMESTAMP.matcher(text);
    return online.find() && timestamp.find()
        ? Optional.of(
            new StateMessage(
                Boolean.parseBoolean(online.group(1)), Long.parseLong(timestamp.group(1))))
        : Optional.empty();
  }
}
