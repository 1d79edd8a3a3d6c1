// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

/** Shortens payload parts for messages. */
public final class Excerpt {
  private static final int MAX_LENGTH = 100;

  private Excerpt() {}

  /** The text, cut to a maximum length. */
  public static String shorten(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
