// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.record;

import io.connectot.sparkplug.host.BirthText;
import io.connectot.sparkplug.host.NodePosition;
import io.connectot.sparkplug.host.Stored;
import io.connectot.sparkplug.topic.EdgeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the worker stores of an edge node or device: its last birth, so that aliases have names
 * after a restart, and how far its messages are known. Partition {@code {edge}}, offset {@code
 * {birth, bd_seq, seq, seen_ns, alive}}. The partition {@code {host}} has a list of them.
 */
public final class EdgeOffset {
  static final String HOST = "host";
  static final String EDGES = "edges";
  private static final String EDGE = "edge";
  private static final String BIRTH = "birth";
  private static final String BD_SEQ = "bd_seq";
  private static final String SEQ = "seq";
  private static final String SEEN = "seen_ns";
  private static final String ALIVE = "alive";

  private EdgeOffset() {}

  static Map<String, String> partition(EdgeId id) {
    return Map.of(EDGE, id.path());
  }

  /**
   * @param birth empty when it is not known, or too large to be stored
   */
  static Map<String, Object> offset(NodePosition position, Optional<String> birth, boolean alive) {
    Map<String, Object> offset = new HashMap<>();
    birth.ifPresent(text -> offset.put(BIRTH, text));
    if (position.bdSeq() != null) {
      offset.put(BD_SEQ, position.bdSeq());
    }
    offset.put(SEQ, (long) position.seq());
    offset.put(SEEN, position.seenNanos());
    offset.put(ALIVE, alive);
    return offset;
  }

  /** Reads what is stored; empty when it has another form. */
  static Optional<Stored> read(EdgeId id, Map<String, ?> offset) {
    if (offset == null
        || !(offset.get(SEQ) instanceof Number seq)
        || !(offset.get(SEEN) instanceof Number seen)
        || !(offset.get(ALIVE) instanceof Boolean alive)) {
      return Optional.empty();
    }
    Long bdSeq = offset.get(BD_SEQ) instanceof Number number ? number.longValue() : null;
    return Optional.of(
        new Stored(
            id,
            offset.get(BIRTH) instanceof String text ? BirthText.read(id, text).orElse(null) : null,
            new NodePosition(bdSeq, seq.intValue(), seen.longValue()),
            alive));
  }

  /**
   * Checks an offset that an operator sets.
   *
   * @param offset null to reset, which is allowed for any partition
   * @throws ConfigException naming the required form
   */
  public static void check(Map<String, ?> partition, Map<String, ?> offset) {
    if (offset == null) {
      return;
    }
    boolean edge =
        partition != null
            && partition.size() == 1
            && partition.get(EDGE) instanceof String path
            && path.indexOf('/') > 0
            && read(EdgeId.parse(path), offset).isPresent();
    boolean host =
        partition != null
            && partition.size() == 1
            && partition.get(HOST) instanceof String
            && offset.get(EDGES) instanceof String;
    if (!edge && !host) {
      throw new ConfigException(
          "The offset "
              + offset
              + " of the partition "
              + partition
              + " is not of this connector; it can only be reset (null), whereupon the births of"
              + " the edge node are requested anew");
    }
  }
}
