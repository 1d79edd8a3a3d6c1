// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** The records of one connector so far. For one thread. */
final class Tally {
  private final TreeMap<String, Reading> latest = new TreeMap<>();
  private long records;
  private long good;
  private long bad;
  private long events;
  private Reading sample;

  /** Counts a record; a record other than a measurement has no reading. */
  void count(Optional<Reading> record) {
    records++;
    record.ifPresent(this::count);
  }

  private void count(Reading reading) {
    latest.put(reading.device() + '\0' + reading.tag(), reading);
    if (reading.isGood()) {
      good++;
      sample = reading;
    } else if (reading.quality().equals("BAD")) {
      bad++;
    }
  }

  /** Records of any kind. */
  long records() {
    return records;
  }

  /** Counts an event. */
  void event() {
    records++;
    events++;
  }

  /** Events and alarms. */
  long events() {
    return events;
  }

  /** Measurements of GOOD quality. */
  long good() {
    return good;
  }

  /** Measurements of BAD quality. */
  long bad() {
    return bad;
  }

  /** The newest measurement of GOOD quality. */
  Optional<Reading> sample() {
    return Optional.ofNullable(sample);
  }

  /** The newest measurement of every tag, by device and tag. */
  Collection<Reading> latest() {
    return latest.values();
  }
}
