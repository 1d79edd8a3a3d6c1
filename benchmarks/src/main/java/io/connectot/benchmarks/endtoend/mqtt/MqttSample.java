// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import java.time.Duration;

/**
 * The results of a contender in one turn.
 *
 * @param messages messages delivered to Kafka at maximum rate
 * @param time the time for these messages
 * @param cpu the contender's processor time for these messages
 * @param median the median latency from publishing to the consumer, at an even rate
 * @param p99 the 99th percentile of the latency
 * @param liveHeap bytes in use after a collection, at the end
 */
record MqttSample(
    long messages, Duration time, Duration cpu, Duration median, Duration p99, long liveHeap) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double BYTES_PER_MIB = 1024 * 1024;

  double messagesPerSecond() {
    return messages / (time.toNanos() / NANOS_PER_SECOND);
  }

  /** Seconds of processor time per 100,000 messages. */
  double cpuPer100k() {
    return cpu.toNanos() / NANOS_PER_SECOND * 1e5 / messages;
  }

  double medianMillis() {
    return median.toNanos() / NANOS_PER_MILLI;
  }

  double p99Millis() {
    return p99.toNanos() / NANOS_PER_MILLI;
  }

  double liveHeapMib() {
    return liveHeap / BYTES_PER_MIB;
  }
}
