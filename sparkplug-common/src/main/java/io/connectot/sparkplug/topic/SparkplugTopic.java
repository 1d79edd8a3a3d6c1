// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.topic;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A topic of an edge node or a device: {@code spBv1.0/group/type/node[/device]}.
 *
 * @param type the message type
 * @param id the edge node or device
 */
public record SparkplugTopic(MessageType type, EdgeId id) {
  /** The first level of all topics. */
  public static final String NAMESPACE = "spBv1.0";

  private static final Map<String, MessageType> TYPES = new HashMap<>();

  static {
    for (MessageType type : MessageType.values()) {
      TYPES.put(type.name(), type);
    }
  }

  /** Reads a topic; empty when it is not one of an edge node or device. */
  public static Optional<SparkplugTopic> parse(String topic) {
    String[] levels = topic.split("/", -1);
    if (levels.length < 4 || levels.length > 5 || !levels[0].equals(NAMESPACE)) {
      return Optional.empty();
    }
    MessageType type = TYPES.get(levels[2]);
    boolean device = levels.length == 5;
    if (type == null || type.isOfDevice() != device) {
      return Optional.empty();
    }
    for (String level : levels) {
      if (level.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new SparkplugTopic(type, new EdgeId(levels[1], levels[3], device ? levels[4] : null)));
  }

  /** The topic as text. */
  public String text() {
    String node = NAMESPACE + "/" + id.group() + "/" + type + "/" + id.node();
    return id.isNode() ? node : node + "/" + id.device();
  }
}
