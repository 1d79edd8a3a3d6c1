// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** A sink task's context in tests. For one thread. */
public final class FakeSinkTaskContext implements SinkTaskContext {
  private final boolean reports;
  private final List<Report> reported = new ArrayList<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private final Set<TopicPartition> assigned = new HashSet<>();
  private final Map<TopicPartition, Long> requested = new HashMap<>();
  private long timeout = -1;

  /** A reported record. */
  public record Report(SinkRecord record, Throwable error, CompletableFuture<Void> future) {}

  /**
   * @param reports whether there is a reporter, whose reports the test completes
   */
  public FakeSinkTaskContext(boolean reports) {
    this.reports = reports;
  }

  /** The reported records. */
  public List<Report> reported() {
    return reported;
  }

  /** The last requested timeout in milliseconds; -1 before the first. */
  public long timeout() {
    return timeout;
  }

  /** The offsets at which the task wants to go on. */
  public Map<TopicPartition, Long> requestedOffsets() {
    return requested;
  }

  /** The paused partitions. */
  public Set<TopicPartition> paused() {
    return paused;
  }

  /** Assigns partitions. */
  public void assign(TopicPartition... partitions) {
    assigned.addAll(List.of(partitions));
  }

  @Override
  public ErrantRecordReporter errantRecordReporter() {
    return reports ? this::report : null;
  }

  private Future<Void> report(SinkRecord record, Throwable error) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    reported.add(new Report(record, error, future));
    return future;
  }

  @Override
  public Map<String, String> configs() {
    return Map.of();
  }

  @Override
  public void offset(Map<TopicPartition, Long> offsets) {
    requested.putAll(offsets);
  }

  @Override
  public void offset(TopicPartition partition, long offset) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void timeout(long timeoutMs) {
    timeout = timeoutMs;
  }

  @Override
  public Set<TopicPartition> assignment() {
    return assigned;
  }

  @Override
  public void pause(TopicPartition... partitions) {
    paused.addAll(List.of(partitions));
  }

  @Override
  public void resume(TopicPartition... partitions) {
    List.of(partitions).forEach(paused::remove);
  }

  @Override
  public void requestCommit() {
    throw new UnsupportedOperationException();
  }

  @Override
  public PluginMetrics pluginMetrics() {
    return null;
  }
}
