// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.spi.line.LineException;

/**
 * The valid names of devices and tags, which let {@code <uns.path>/<device>/<tag>} be split again.
 */
public final class NameRules {
  private static final int MAX_LENGTH = 200;

  private NameRules() {}

  /**
   * @param what {@code device} or {@code tag}
   * @throws LineException when the name would make paths ambiguous or unreadable
   */
  public static void check(String what, String name) throws LineException {
    if (name.isBlank()) {
      throw new LineException(
          "the "
              + what
              + " has no name; write "
              + what
              + "s.<name>=..., or fill the column 'name'");
    }
    if (name.length() > MAX_LENGTH) {
      throw new LineException(
          "the "
              + what
              + " name has "
              + name.length()
              + " characters, at most "
              + MAX_LENGTH
              + " are allowed");
    }
    if (!name.equals(name.strip())) {
      throw new LineException("the " + what + " name '" + name + "' begins or ends with a blank");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/') {
        throw new LineException(
            "the "
                + what
                + " name '"
                + name
                + "' contains a '/', which separates the levels of the"
                + " path; use '_' or '.'");
      }
      if (Character.isISOControl(c)) {
        throw new LineException("the " + what + " name contains a control character");
      }
    }
  }

  /**
   * Checks {@code uns.path}: levels separated by single slashes.
   *
   * @return the path
   * @throws LineException when a level is empty or unreadable, or the path is a template
   */
  public static String checkPath(String path) throws LineException {
    if (path.contains("${")) {
      throw new LineException(
          "is no template, <device>/<tag> follows by itself; write only what is before it, like"
              + " acme/munich");
    }
    for (String level : path.split("/", -1)) {
      if (level.isBlank()) {
        throw new LineException("contains an empty level; write it like acme/munich/press-shop");
      }
      check("level", level);
    }
    return path;
  }
}
