// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

/** Excerpt from payloads in messages. */
final class Excerpt {
  private static final int MAX_LENGTH = 100;

  private Excerpt() {}

  /** The text, or its beginning: a payload may be long. */
  static String shorten(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
