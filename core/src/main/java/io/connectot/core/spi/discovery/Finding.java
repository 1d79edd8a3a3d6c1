// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.discovery;

import java.util.List;
import java.util.Map;

/**
 * Something that a device offers. Its texts come from the device: a user interface must not take
 * them for markup.
 */
public sealed interface Finding {

  /**
   * A way to connect to a device.
   *
   * @param address for a further {@link DiscoveryRequest}
   * @param title for people
   * @param config the keys that select it, such as that of the security policy
   */
  record Endpoint(String address, String title, Map<String, String> config) implements Finding {
    public Endpoint {
      config = Map.copyOf(config);
    }
  }

  /**
   * Something with more below it.
   *
   * @param id for {@link DiscoveryRequest#parent}
   * @param name for people
   */
  record Node(String id, String name) implements Finding {}

  /**
   * A value that needs no line of its own, because the connector reads it anyway.
   *
   * @param name with its path
   * @param unit the engineering unit; empty if it is not known
   * @param reading the value; its line does not count
   */
  record Included(String name, String unit, TagReading reading) implements Finding {}

  /**
   * A line of a configuration, with what the device has there now.
   *
   * @param keyPrefix what the key of the line begins with, {@code tags.} for example; or a whole
   *     key without a dot at its end that takes a list, of which the line is an entry
   * @param name a proposal for the rest of the key
   * @param unit the engineering unit; empty if it is not known
   * @param readings the ways to read it, the proposed one first; at least one
   */
  record Candidate(String keyPrefix, String name, String unit, List<TagReading> readings)
      implements Finding {
    private static final int MAX_NAME = 190;

    public Candidate {
      name = legal(name);
      readings = List.copyOf(readings);
    }

    /** A line of a tag that can be read in one way. */
    public static Candidate tag(String name, String unit, TagReading reading) {
      return new Candidate("tags.", name, unit, List.of(reading));
    }

    /** Replaces what names of tags must not have. */
    private static String legal(String text) {
      StringBuilder name = new StringBuilder(text.length());
      for (int i = 0; i < text.length() && i < MAX_NAME; i++) {
        char c = text.charAt(i);
        name.append(c == '/' || Character.isISOControl(c) ? '_' : c);
      }
      String stripped = name.toString().strip();
      return stripped.isEmpty() ? "_" : stripped;
    }
  }
}
