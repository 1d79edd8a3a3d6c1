// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.sink.UnwritableRecordException;
import java.nio.charset.StandardCharsets;

/** Checks UTF-8 strings (MQTT 5.0 §1.5.4) and topic names (§4.7). */
public final class MqttText {
  private static final int LONGEST = 65_535;

  /** Up to this length a text fits, as a character takes at most three bytes. */
  private static final int ALWAYS_FITS = LONGEST / 3;

  private MqttText() {}

  /**
   * Checks a text.
   *
   * @param what the text is, for messages
   * @throws UnwritableRecordException if MQTT does not allow it
   */
  static void check(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new UnwritableRecordException(what + " contains the character U+0000");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new UnwritableRecordException(what + " contains half of a surrogate pair");
      }
    }
    if (text.length() > ALWAYS_FITS && text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new UnwritableRecordException(
          what + " is longer than the 65535 bytes that MQTT allows");
    }
  }

  /**
   * Checks the name of a topic.
   *
   * @param what the topic is, for messages
   * @throws UnwritableRecordException if MQTT does not allow it
   */
  public static void checkTopic(String what, String topic) {
    if (topic.isEmpty()) {
      throw new UnwritableRecordException(what + " is empty");
    }
    if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
      throw new UnwritableRecordException(
          what
              + " '"
              + topic
              + "' contains the wildcard + or #; a message cannot be published to it");
    }
    check(what, topic);
  }

  /** Checks the length of binary data. */
  static void check(String what, byte[] bytes) {
    if (bytes.length > LONGEST) {
      throw new UnwritableRecordException(
          what + " is longer than the 65535 bytes that MQTT allows");
    }
  }
}
