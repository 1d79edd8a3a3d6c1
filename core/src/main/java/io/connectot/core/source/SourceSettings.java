// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.config.common.BufferConfig;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.common.PollingConfig;
import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.mapping.settings.EventTopics;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.metrics.TaskMetric.Scope;

/**
 * What a source task takes from its configuration, whatever its protocol.
 *
 * @param retries how connections are retried
 * @param scanThreads the most threads that scan polled devices at once
 * @param badOnDisconnect whether a device's tags turn BAD when it is away
 * @param metrics which metrics the task has
 */
public record SourceSettings(
    Records records,
    Buffer buffer,
    RetryPolicy retries,
    int scanThreads,
    boolean badOnDisconnect,
    Scope metrics) {

  /**
   * What records look like.
   *
   * @param mapping of measurements, unless their device has its own
   * @param events where statuses and gaps go
   */
  public record Records(MappingSettings mapping, EventTopics events) {}

  /**
   * The bounds of the buffer.
   *
   * @param maxBytes estimated
   */
  public record Buffer(int maxRecords, long maxBytes) {}

  static SourceSettings of(SourceConfig config) {
    return new SourceSettings(
        new Records(config.mapping(), MappingConfig.eventTopics(config.keys())),
        new Buffer(config.get(BufferConfig.MAX_RECORDS), config.get(BufferConfig.MAX_BYTES)),
        new RetryPolicy(
            config.get(ConnectionConfig.RECONNECT_BACKOFF),
            config.get(ConnectionConfig.RECONNECT_BACKOFF_MAX)),
        config.get(PollingConfig.POLL_THREADS),
        config.get(ConnectionConfig.QUALITY_ON_DISCONNECT),
        Scope.DEVICES);
  }
}
