// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/** Names of tags that no configuration names. */
final class TagNames {
  /** As long as names of tags may be, less what makes them unique. */
  private static final int MAX_LENGTH = 190;

  private TagNames() {}

  /** Replaces the characters that a tag name must not have. */
  static String legal(String text) {
    StringBuilder name = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      name.append(c == '/' || Character.isISOControl(c) ? '_' : c);
    }
    String stripped = name.toString().strip();
    return stripped.isEmpty() ? "_" : stripped;
  }

  /**
   * Gives every node a name of its own. Nodes that want one that another has, or that is too long,
   * get a hash of their id after it: always the same one, whatever other tags there are.
   *
   * @param wanted by stable id
   * @param taken names that are not to be had
   * @return by stable id
   */
  static Map<String, String> unique(Map<String, String> wanted, Set<String> taken) {
    Set<String> seen = new HashSet<>(taken);
    Set<String> contested = new HashSet<>();
    wanted.values().stream().filter(name -> !seen.add(name)).forEach(contested::add);
    Map<String, String> names = new HashMap<>();
    wanted.forEach(
        (id, name) -> {
          if (name.length() > MAX_LENGTH) {
            names.put(id, name.substring(0, MAX_LENGTH).strip() + hash(id));
          } else {
            names.put(id, contested.contains(name) ? name + hash(id) : name);
          }
        });
    return names;
  }

  private static String hash(String id) {
    CRC32C crc = new CRC32C();
    crc.update(id.getBytes(StandardCharsets.UTF_8));
    return String.format("~%08x", crc.getValue());
  }
}
