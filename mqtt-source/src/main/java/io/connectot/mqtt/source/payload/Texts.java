// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

/** Texts from payloads in messages. */
final class Texts {
  private static final int MAX_LENGTH = 100;

  private Texts() {}

  /** The text, or its beginning: a payload may be long. */
  static String shorten(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
