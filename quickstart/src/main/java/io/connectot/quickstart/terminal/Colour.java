// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.terminal;

/** The colours of a terminal that have a meaning here. */
public enum Colour {
  /** The terminal's own. */
  NONE(""),
  /** Good quality, a state as it should be. */
  GREEN("\u001b[32m"),
  /** Uncertain quality. */
  YELLOW("\u001b[33m"),
  /** Bad quality, a failure. */
  RED("\u001b[31m"),
  /** A heading. */
  BOLD("\u001b[1m");

  private static final String RESET = "\u001b[0m";

  private final String begin;

  Colour(String begin) {
    this.begin = begin;
  }

  /** The text between the codes that switch the colour on and off. */
  String paint(String text) {
    return this == NONE ? text : begin + text + RESET;
  }
}
