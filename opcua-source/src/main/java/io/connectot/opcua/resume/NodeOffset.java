// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import io.connectot.core.model.SourcePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Up to where the values of one node are in Kafka. It is the source offset itself: a map that is
 * rendered only when the worker stores it, because one is made for every value. Immutable.
 */
public final class NodeOffset extends AbstractMap<String, Object> implements SourcePosition {
  private static final String NODE = "node";
  private static final String TIME = "time";
  private static final String PICOSECONDS = "picoseconds";
  private static final String HASHES = "hashes";
  private static final String UNTIL = "until";
  private static final Set<String> KEYS = Set.of(NODE, TIME, PICOSECONDS, HASHES, UNTIL);

  /** The maximum of values of one instant that a restart recognizes. */
  private static final int MAX_HASHES = 32;

  private final NodePartition partition;
  private final long ticks;
  private final int picoseconds;

  /** Of the last value, and before it of earlier values of the same instant. */
  private final long[] hashes;

  /** Up to when history is being read, ticks; 0 for not. */
  private final long until;

  private final NotificationPosition live;

  private NodeOffset(
      NodePartition partition,
      long ticks,
      int picoseconds,
      long[] hashes,
      long until,
      NotificationPosition live) {
    this.partition = partition;
    this.ticks = ticks;
    this.picoseconds = picoseconds;
    this.hashes = hashes;
    this.until = until;
    this.live = live;
  }

  /**
   * The offset of a value.
   *
   * @param before of the value before it; null for none
   * @param ticks when it held
   * @param picoseconds in units of 10 ps beyond the tick
   * @param hash its {@link ValueHash}
   * @param until up to when history is being read, ticks; 0 for not
   */
  public static NodeOffset after(
      NodePartition partition,
      NodeOffset before,
      long ticks,
      int picoseconds,
      long hash,
      long until,
      NotificationPosition live) {
    long[] hashes;
    if (before != null && before.ticks == ticks) {
      int kept = Math.min(before.hashes.length, MAX_HASHES - 1);
      hashes =
          Arrays.copyOfRange(before.hashes, before.hashes.length - kept, before.hashes.length + 1);
      hashes[kept] = hash;
    } else {
      hashes = new long[] {hash};
    }
    return new NodeOffset(partition, ticks, picoseconds, hashes, until, live);
  }

  /** The offset of a node that no value was read of, and whose history is read from then on. */
  public static NodeOffset startingAt(NodePartition partition, long ticks) {
    return new NodeOffset(partition, ticks, 0, new long[0], 0, NotificationPosition.NONE);
  }

  @Override
  public NodePartition partition() {
    return partition;
  }

  @Override
  public Map<String, ?> offset() {
    return this;
  }

  /** When the last value held, ticks. */
  public long ticks() {
    return ticks;
  }

  /** Up to when history was being read when the value was delivered, ticks. */
  public OptionalLong until() {
    return until == 0 ? OptionalLong.empty() : OptionalLong.of(until);
  }

  /** The last value that came by a subscription. */
  public NotificationPosition live() {
    return live;
  }

  /** Whether a value is the last one again. */
  public boolean isLast(long otherTicks, long hash) {
    return otherTicks == ticks && hashes.length > 0 && hashes[hashes.length - 1] == hash;
  }

  /** Whether a value of this instant is in Kafka already. */
  public boolean has(long otherTicks, long hash) {
    if (otherTicks != ticks) {
      return false;
    }
    for (long known : hashes) {
      if (known == hash) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(NODE, partition.node());
    fields.put(TIME, ticks);
    fields.put(PICOSECONDS, (long) picoseconds);
    StringBuilder text = new StringBuilder(17 * hashes.length);
    for (long hash : hashes) {
      text.append(text.isEmpty() ? "" : ",").append(Long.toHexString(hash));
    }
    fields.put(HASHES, text.toString());
    if (until != 0) {
      fields.put(UNTIL, until);
    }
    live.writeTo(fields);
    return fields.entrySet();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  /**
   * Reads a stored offset.
   *
   * @param stored null when there is none
   * @return empty when there is none, when it is none of ours, or when the tag had another node
   */
  public static Optional<NodeOffset> parse(NodePartition partition, Map<String, ?> stored) {
    if (stored == null
        || (stored.get(NODE) instanceof String node && !node.equals(partition.node()))) {
      return Optional.empty();
    }
    OptionalLong time = ticks(stored.get(TIME));
    if (time.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NodeOffset(
            partition,
            time.getAsLong(),
            (int) NotificationPosition.number(stored, PICOSECONDS),
            hashes(stored.get(HASHES)),
            NotificationPosition.number(stored, UNTIL),
            NotificationPosition.readFrom(stored)));
  }

  /** A time as tasks store it, or in ISO format as an operator may; empty for anything else. */
  private static OptionalLong ticks(Object time) {
    if (time instanceof Long || time instanceof Integer) {
      long ticks = ((Number) time).longValue();
      return ticks > 0 ? OptionalLong.of(ticks) : OptionalLong.empty();
    }
    try {
      return time instanceof String text
          ? OptionalLong.of(ValueInstant.fromInstant(Instant.parse(text)))
          : OptionalLong.empty();
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static long[] hashes(Object stored) {
    if (!(stored instanceof String text) || text.isBlank()) {
      return new long[0];
    }
    try {
      return Arrays.stream(text.split(",", -1))
          .mapToLong(hash -> Long.parseUnsignedLong(hash.trim(), 16))
          .toArray();
    } catch (NumberFormatException e) {
      // Without hashes, the values of the instant come again: rather twice than never.
      return new long[0];
    }
  }

  /**
   * Checks an offset that an operator wants to store. Only the time is needed: the node's history
   * is read from then on.
   *
   * @param partition {@code {"tag": "<device>/<tag>"}}
   * @param offset null to forget the node, which is allowed for any partition
   * @throws ConnectException saying which field is wrong and what it must be
   */
  public static void check(Map<String, ?> partition, Map<String, ?> offset) {
    if (offset == null) {
      return;
    }
    EventPosition.refuse(partition);
    if (!NodePartition.isOne(partition)) {
      throw new ConnectException(
          "The partition " + partition + " must be {\"tag\": \"<device>/<tag>\"} and nothing else");
    }
    boolean known =
        offset.keySet().stream()
            .allMatch(key -> KEYS.contains(key) || NotificationPosition.KEYS.contains(key));
    if (!known || ticks(offset.get(TIME)).isEmpty()) {
      throw new ConnectException(
          "The offset "
              + offset
              + " of "
              + partition
              + " must be {\"time\": \"<2026-11-28T10:00:00Z>\"}, or {\"time\": <units of 100 ns"
              + " since 1601-01-01>}: values after it are read from the server's history");
    }
  }
}
