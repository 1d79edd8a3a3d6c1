// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.metrics;

import io.connectot.core.metrics.TaskMetric.Scope;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * The metrics of one task, see {@link TaskMetric}. Thread-safe. Counting is one addition, so it may
 * be done per scan or batch on any thread; values are computed when they are read.
 */
public final class TaskMetrics implements AutoCloseable {
  /** What the names of counters end in. */
  private static final String COUNTER = "-total";

  private final MetricsBackend backend;
  private final Map<TaskMetric, LongAdder> counters = new EnumMap<>(TaskMetric.class);
  private final Map<TaskMetric, Supplier<Number>> values = new ConcurrentHashMap<>();
  private final ScanTimes scanTimes;
  private final Scope scope;

  TaskMetrics(MetricsBackend backend, LongSupplier nanoTime) {
    this(backend, nanoTime, Scope.DEVICES);
  }

  private TaskMetrics(MetricsBackend backend, LongSupplier nanoTime, Scope scope) {
    this.backend = backend;
    this.scope = scope;
    this.scanTimes = new ScanTimes(nanoTime);
    for (TaskMetric metric : TaskMetric.values()) {
      if (metric.scope().includes(scope) && metric.metricName().endsWith(COUNTER)) {
        count(metric);
      }
    }
    if (scope == Scope.DEVICES) {
      publish(TaskMetric.SCAN_TIME_AVG, scanTimes::mean);
      publish(TaskMetric.SCAN_TIME_MAX, scanTimes::max);
    }
  }

  /**
   * Publishes the metrics of a task: through the worker where it has metrics for plugins (Kafka
   * 4.1), else as MBean {@code io.connectot:type=source-task-metrics,connector=<name>,task=<n>}.
   * Never fails: a task without metrics is better than none.
   *
   * @param context null outside of a worker
   * @param connector the connector's name
   * @param task the task's number in the connector
   */
  public static TaskMetrics open(SourceTaskContext context, String connector, int task) {
    return open(context, connector, task, Scope.DEVICES);
  }

  /**
   * As {@link #open(SourceTaskContext, String, int)}, for a task of another kind.
   *
   * @param scope what the task has beside the metrics of all tasks
   */
  public static TaskMetrics open(
      SourceTaskContext context, String connector, int task, Scope scope) {
    return new TaskMetrics(
        MetricsBackends.choose(context, connector, task), System::nanoTime, scope);
  }

  /**
   * Publishes the metrics of a sink task, as {@link #open(SourceTaskContext, String, int)} those of
   * a source task; the MBean has {@code type=sink-task-metrics}.
   *
   * @param context null outside of a worker
   * @param connector the connector's name
   * @param task the task's number in the connector
   */
  public static TaskMetrics openSink(SinkTaskContext context, String connector, int task) {
    return openSink(context, connector, task, Scope.SINK);
  }

  /**
   * As {@link #openSink(SinkTaskContext, String, int)}, for a sink of another kind.
   *
   * @param scope what the task has beside the metrics of all sinks
   */
  public static TaskMetrics openSink(
      SinkTaskContext context, String connector, int task, Scope scope) {
    return new TaskMetrics(
        MetricsBackends.choose(context, connector, task), System::nanoTime, scope);
  }

  /** Counts, but publishes nothing; for tests. */
  public static TaskMetrics unpublished() {
    return unpublished(Scope.DEVICES);
  }

  /** Counts, but publishes nothing; for tests of a task of another kind. */
  public static TaskMetrics unpublished(Scope scope) {
    return new TaskMetrics(MetricsBackend.NONE, System::nanoTime, scope);
  }

  /** Whether a task of this kind has the metric. */
  public boolean has(TaskMetric metric) {
    return metric.scope().includes(scope);
  }

  /** Values came from devices, of any quality. */
  public void valuesRead(long count) {
    add(TaskMetric.VALUES_READ, count);
  }

  /** Values of those read are BAD. */
  public void badValues(long count) {
    add(TaskMetric.VALUES_BAD, count);
  }

  /** Records went into the buffer. */
  public void recordsQueued(long count) {
    add(TaskMetric.RECORDS_QUEUED, count);
  }

  /** Records were returned from {@code poll()}. */
  public void recordsPolled(long count) {
    add(TaskMetric.RECORDS_POLLED, count);
  }

  /** Records passed {@code commitRecord}. */
  public void recordsDelivered(long count) {
    add(TaskMetric.RECORDS_DELIVERED, count);
  }

  /** Values of a span of time are missing or may be missing. */
  public void gap() {
    add(TaskMetric.GAPS, 1);
  }

  /** A lost connection was established again. */
  public void reconnected() {
    add(TaskMetric.RECONNECTS, 1);
  }

  /** A scan ended, well or not. */
  public void scanDone(Duration duration) {
    add(TaskMetric.SCANS, 1);
    scanTimes.add(duration.toNanos());
  }

  /** Scans were left out. */
  public void scanOverrun(long missed) {
    add(TaskMetric.SCANS_MISSED, missed);
  }

  /**
   * Publishes a value that the runtime holds: what this class does not count itself.
   *
   * @param value called on any thread whenever the metric is read; must not block
   * @throws IllegalArgumentException when the metric has a value already
   */
  public void gauge(TaskMetric metric, LongSupplier value) {
    publish(metric, value::getAsLong);
  }

  /** The published value; 0 for a gauge without a supplier. */
  public Number value(TaskMetric metric) {
    Supplier<Number> value = values.get(metric);
    return value == null ? 0L : value.get();
  }

  /** Withdraws all metrics; counting goes on unseen. Idempotent. */
  @Override
  public void close() {
    backend.close();
  }

  private void count(TaskMetric metric) {
    LongAdder counter = new LongAdder();
    counters.put(metric, counter);
    publish(metric, counter::sum);
  }

  private void publish(TaskMetric metric, Supplier<Number> value) {
    if (values.putIfAbsent(metric, value) != null) {
      throw new IllegalArgumentException(metric.metricName() + " has a value already");
    }
    backend.add(metric, value);
  }

  /**
   * Counts what has no method of its own.
   *
   * @param metric one that the task has, and that only rises
   */
  public void add(TaskMetric metric, long count) {
    counters.get(metric).add(count);
  }
}
