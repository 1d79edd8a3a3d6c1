// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskMetricsTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  @Test
  void counts() {
    try (TaskMetrics metrics = TaskMetrics.unpublished()) {
      metrics.valuesRead(10);
      metrics.badValues(2);
      metrics.recordsQueued(8);
      metrics.recordsQueued(1);
      metrics.recordsPolled(7);
      metrics.recordsDelivered(6);
      metrics.gap();
      metrics.reconnected();
      metrics.scanDone(Duration.ofMillis(3));
      metrics.scanOverrun(4);
      assertThat(metrics.value(TaskMetric.VALUES_READ)).isEqualTo(10L);
      assertThat(metrics.value(TaskMetric.VALUES_BAD)).isEqualTo(2L);
      assertThat(metrics.value(TaskMetric.RECORDS_QUEUED)).isEqualTo(9L);
      assertThat(metrics.value(TaskMetric.RECORDS_POLLED)).isEqualTo(7L);
      assertThat(metrics.value(TaskMetric.RECORDS_DELIVERED)).isEqualTo(6L);
      assertThat(metrics.value(TaskMetric.GAPS)).isEqualTo(1L);
      assertThat(metrics.value(TaskMetric.RECONNECTS)).isEqualTo(1L);
      assertThat(metrics.value(TaskMetric.SCANS)).isEqualTo(1L);
      assertThat(metrics.value(TaskMetric.SCANS_MISSED)).isEqualTo(4L);
    }
  }

  @Test
  void takesTheValuesOfTheRuntime() {
    try (TaskMetrics metrics = TaskMetrics.unpublished()) {
      assertThat(metrics.value(TaskMetric.BUFFER_BYTES)).isEqualTo(0L);
      metrics.gauge(TaskMetric.BUFFER_BYTES, () -> 42);
      assertThat(metrics.value(TaskMetric.BUFFER_BYTES)).isEqualTo(42L);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> metrics.gauge(TaskMetric.BUFFER_BYTES, () -> 43));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> metrics.gauge(TaskMetric.GAPS, () -> 1));
    }
  }

  @Test
  void measuresTheScansOfTheLastMinute() {
    AtomicLong clock = new AtomicLong();
    try (TaskMetrics metrics = new TaskMetrics(MetricsBackend.NONE, clock::get)) {
      assertThat(metrics.value(TaskMetric.SCAN_TIME_AVG)).isEqualTo(0.0);
      metrics.scanDone(Duration.ofMillis(10));
      metrics.scanDone(Duration.ofMillis(20));
      clock.set(Duration.ofSeconds(31).toNanos());
      metrics.scanDone(Duration.ofMillis(6));
      assertThat(metrics.value(TaskMetric.SCAN_TIME_AVG)).isEqualTo(12.0);
      assertThat(metrics.value(TaskMetric.SCAN_TIME_MAX)).isEqualTo(20.0);
      clock.set(Duration.ofSeconds(61).toNanos());
      assertThat(metrics.value(TaskMetric.SCAN_TIME_AVG)).isEqualTo(6.0);
      assertThat(metrics.value(TaskMetric.SCAN_TIME_MAX)).isEqualTo(6.0);
      clock.set(Duration.ofMinutes(10).toNanos());
      assertThat(metrics.value(TaskMetric.SCAN_TIME_MAX)).isEqualTo(0.0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"press-shop", "odd, name=\"x\" *?\n"})
  void isAnMBeanWhereTheWorkerHasNoMetricsForPlugins(String connector) throws JMException {
    ObjectName name = JmxBackend.objectName(JmxBackend.SOURCE, connector, 1);
    try (TaskMetrics metrics = TaskMetrics.open(null, connector, 1);
        TaskMetrics other = TaskMetrics.open(new Context(null), connector, 2)) {
      metrics.gauge(TaskMetric.BUFFER_RECORDS, () -> 5);
      metrics.gap();
      other.valuesRead(1);
      assertThat(server.getAttribute(name, "gap-total")).isEqualTo(1L);
      assertThat(server.getAttribute(name, "buffer-record-count")).isEqualTo(5L);
      assertThat(server.getAttributes(name, new String[] {"gap-total", "none"})).hasSize(1);
      assertThat(server.getMBeanInfo(name).getAttributes())
          .anySatisfy(
              attribute ->
                  assertThat(attribute.getDescription()).isEqualTo(TaskMetric.GAPS.description()))
          .noneMatch(attribute -> attribute.getName().equals("buffer-bytes"));
      assertThatCode(() -> server.getAttribute(name, "none"))
          .isInstanceOf(AttributeNotFoundException.class);
    }
    assertThat(server.isRegistered(name)).isFalse();
    assertThat(server.isRegistered(JmxBackend.objectName(JmxBackend.SOURCE, connector, 2)))
        .isFalse();
  }

  @Test
  void takesTheNameOfAnEarlierRunThatWasNotClosed() throws JMException {
    ObjectName name = JmxBackend.objectName(JmxBackend.SOURCE, "restarted", 0);
    TaskMetrics earlier = TaskMetrics.open(null, "restarted", 0);
    try (TaskMetrics later = TaskMetrics.open(null, "restarted", 0)) {
      later.gap();
      earlier.close();
      assertThat(server.getAttribute(name, "gap-total")).isEqualTo(1L);
    }
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void usesTheWorkersMetricsWhereThereAreSome() throws JMException {
    Registry registry = new Registry();
    TaskMetrics metrics = TaskMetrics.open(new Context(registry), "worker", 0);
    metrics.gauge(TaskMetric.DEVICES, () -> 3);
    metrics.reconnected();
    assertThat(registry.value("device-count")).isEqualTo(3L);
    assertThat(registry.value("reconnect-total")).isEqualTo(1L);
    assertThat(server.isRegistered(JmxBackend.objectName(JmxBackend.SOURCE, "worker", 0)))
        .isFalse();
    metrics.close();
    metrics.close();
    assertThat(registry.metrics).isEmpty();
  }

  @Test
  void closesAfterTheWorkerWithdrewTheMetricsItself() {
    Registry registry = new Registry();
    TaskMetrics metrics = TaskMetrics.open(new Context(registry), "worker", 0);
    registry.closed = true;
    assertThatCode(() -> metrics.gauge(TaskMetric.DEVICES, () -> 1)).doesNotThrowAnyException();
    assertThatCode(metrics::close).doesNotThrowAnyException();
    assertThat(metrics.value(TaskMetric.DEVICES)).isEqualTo(1L);
  }

  @Test
  void goesOnWithoutAMetricThatTheWorkerRefuses() {
    Registry registry = new Registry();
    registry.addMetric(registry.metricName("gap-total", "", new LinkedHashMap<>()), gauge());
    try (TaskMetrics metrics = TaskMetrics.open(new Context(registry), "worker", 0)) {
      metrics.gap();
      assertThat(metrics.value(TaskMetric.GAPS)).isEqualTo(1L);
      assertThat(registry.value("gap-total")).isEqualTo(-7L);
    }
  }

  @Test
  void loadsOnAWorkerThatHasNoMetricsForPlugins() throws Exception {
    try (OldWorker worker = new OldWorker()) {
      Class<?> type = worker.loadClass(TaskMetrics.class.getName());
      assertThat(type.getClassLoader()).isSameAs(worker);
      try (AutoCloseable metrics =
          (AutoCloseable)
              type.getMethod("open", SourceTaskContext.class, String.class, int.class)
                  .invoke(null, new Context(new Registry()), "old", 0)) {
        assertThat(metrics).isNotNull();
        assertThat(server.isRegistered(JmxBackend.objectName(JmxBackend.SOURCE, "old", 0)))
            .isTrue();
      }
    }
    assertThat(server.isRegistered(JmxBackend.objectName(JmxBackend.SOURCE, "old", 0))).isFalse();
  }

  @Test
  void namesEveryMetricOnce() {
    Set<String> names = new HashSet<>();
    assertThat(Arrays.stream(TaskMetric.values()).map(TaskMetric::metricName)).allMatch(names::add);
  }

  private static Gauge<Number> gauge() {
    return (config, now) -> -7L;
  }

  /** What a 4.1 worker gives a task. */
  private record Context(PluginMetrics pluginMetrics) implements SourceTaskContext {
    @Override
    public Map<String, String> configs() {
      return Map.of();
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return null;
    }
  }

  /** The worker's registry as far as a plugin sees it. */
  private static final class Registry implements PluginMetrics {
    private final Map<MetricName, MetricValueProvider<?>> metrics = new LinkedHashMap<>();
    private boolean closed;

    Object value(String name) {
      return metrics.entrySet().stream()
          .filter(entry -> entry.getKey().name().equals(name))
          .map(entry -> ((Gauge<?>) entry.getValue()).value(null, 0))
          .findFirst()
          .orElseThrow();
    }

    @Override
    @SuppressWarnings("NonApiType") // Kafka asks for a map with an order.
    public MetricName metricName(
        String name, String description, LinkedHashMap<String, String> tags) {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      return new MetricName(name, "plugins", description, tags);
    }

    @Override
    public void addMetric(MetricName name, MetricValueProvider<?> value) {
      if (metrics.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException(name + " is there already");
      }
    }

    @Override
    public void removeMetric(MetricName name) {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      if (metrics.remove(name) == null) {
        throw new IllegalArgumentException(name + " is not there");
      }
    }

    @Override
    public Sensor addSensor(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void removeSensor(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
