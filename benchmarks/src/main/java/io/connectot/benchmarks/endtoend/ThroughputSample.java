// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.io.IOException;
import java.time.Duration;

/**
 * The results of a process in a time span.
 *
 * @param values values delivered
 * @param cpu processor time of the measured process
 * @param brokerCpu processor time of the broker
 * @param fieldCpu processor time of the devices
 * @param peakMemory peak memory of the measured process since its start, in bytes
 * @param bytesPerValue on the broker's disk; 0 when not measured
 */
public record ThroughputSample(
    Duration time,
    long values,
    Duration cpu,
    Duration brokerCpu,
    Duration fieldCpu,
    long peakMemory,
    double bytesPerValue) {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Measures a process for a time.
   *
   * @param broker the process of the broker
   * @param field the process of the devices
   */
  public static ThroughputSample take(
      long broker, long field, MeasuredProcess running, Duration time)
      throws IOException, InterruptedException {
    ThroughputSample before = now(broker, field, running);
    Thread.sleep(time.toMillis());
    ThroughputSample after = now(broker, field, running);
    return new ThroughputSample(
        after.time.minus(before.time),
        after.values - before.values,
        after.cpu.minus(before.cpu),
        after.brokerCpu.minus(before.brokerCpu),
        after.fieldCpu.minus(before.fieldCpu),
        after.peakMemory,
        0);
  }

  private static ThroughputSample now(long broker, long field, MeasuredProcess running)
      throws IOException, InterruptedException {
    long values = running.values();
    return new ThroughputSample(
        Duration.ofNanos(System.nanoTime()),
        values,
        ProcessUsage.cpu(running.pid()),
        ProcessUsage.cpu(broker),
        ProcessUsage.cpuWithChildren(field),
        ProcessUsage.peakMemory(running.pid()),
        0);
  }

  public ThroughputSample withBytesPerValue(double bytes) {
    return new ThroughputSample(time, values, cpu, brokerCpu, fieldCpu, peakMemory, bytes);
  }

  public double valuesPerSecond() {
    return values / seconds(time);
  }

  /** Seconds of processor time per million values. */
  public double cpuPerMillion() {
    return seconds(cpu) * 1e6 / values;
  }

  /** Seconds of processor time of all processes together per million values. */
  public double wholeCpuPerMillion() {
    return seconds(cpu.plus(brokerCpu).plus(fieldCpu)) * 1e6 / values;
  }

  /** The number of processors that a process used. */
  public double processors(Duration used) {
    return seconds(used) / seconds(time);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS_PER_SECOND;
  }
}
