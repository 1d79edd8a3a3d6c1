// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** What Kafka has of counters: their numbers with their times, and gaps. For one thread. */
final class CounterTally {
  private final TaskRig kafka;
  private final Map<String, NavigableMap<Long, Instant>> numbers = new HashMap<>();
  private final List<Struct> gaps = new ArrayList<>();
  private int read;

  CounterTally(TaskRig kafka) {
    this.kafka = kafka;
  }

  /** The numbers of a counter. */
  NavigableMap<Long, Instant> numbers(String tag) {
    for (SourceRecord next : kafka.recordsFrom(read)) {
      read++;
      if (next.topic().equals("gaps")) {
        gaps.add((Struct) next.value());
      } else if (next.topic().equals("plant")) {
        add((Struct) next.value());
      }
    }
    return numbers.computeIfAbsent(tag, name -> new TreeMap<>());
  }

  private void add(Struct value) {
    if (value.get("value_long") != null) {
      numbers
          .computeIfAbsent(value.getString("tag"), name -> new TreeMap<>())
          .put(value.getInt64("value_long"), instant(value, "event_time"));
    }
  }

  /** The ranges of numbers of a counter that are neither in Kafka nor in a gap. */
  List<String> unreported(String tag) {
    List<String> unreported = new ArrayList<>();
    Map.Entry<Long, Instant> before = null;
    for (Map.Entry<Long, Instant> entry : numbers(tag).entrySet()) {
      if (before != null
          && entry.getKey() != before.getKey() + 1
          && !isInGap(tag, before.getValue(), entry.getValue())) {
        unreported.add(before.getKey() + " to " + entry.getKey());
      }
      before = entry;
    }
    return unreported;
  }

  /** How many numbers of a counter are not in Kafka. */
  long missing(String tag) {
    NavigableMap<Long, Instant> there = numbers(tag);
    return there.lastKey() - there.firstKey() + 1 - there.size();
  }

  private boolean isInGap(String tag, Instant from, Instant to) {
    return gaps.stream()
        .anyMatch(
            gap ->
                tag.equals(gap.getString("tag"))
                    && !instant(gap, "gap_start").isAfter(from)
                    && !instant(gap, "gap_end").isBefore(to));
  }

  private static Instant instant(Struct of, String field) {
    return ((Date) of.get(field)).toInstant();
  }
}
