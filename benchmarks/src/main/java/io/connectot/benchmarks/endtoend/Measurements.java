// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Reads what a benchmark needs of records of layout {@code measurement} in JSON. */
public final class Measurements {
  private static final String EVENT_TIME = "\"event_time_ns\":";

  private Measurements() {}

  /** When the value held, epoch nanoseconds. */
  public static long eventTime(byte[] record) {
    String text = new String(record, StandardCharsets.UTF_8);
    int from = text.indexOf(EVENT_TIME) + EVENT_TIME.length();
    return Long.parseLong(text.substring(from, text.indexOf(',', from)));
  }

  /** An instant as epoch nanoseconds. */
  public static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
