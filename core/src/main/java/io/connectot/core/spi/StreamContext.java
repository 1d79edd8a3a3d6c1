// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.connection.Clock;
import io.connectot.core.metrics.TaskMetrics;

/**
 * What a streaming session may need to know of the task it runs in. Thread-safe.
 *
 * @param connector the connector's name
 * @param threadName what the names of the session's own threads begin with
 * @param part which of the endpoint's tags are the session's
 * @param offsets what Kafka has of earlier sessions, also of earlier lives of the task
 * @param metrics of the task; gauges are the driver's to publish, once in the life of the task
 * @param clock of the task
 */
public record StreamContext(
    String connector,
    String threadName,
    EndpointPart part,
    OffsetReader offsets,
    TaskMetrics metrics,
    Clock clock) {

  /** The same for another part. */
  public StreamContext withPart(EndpointPart other) {
    return new StreamContext(connector, threadName, other, offsets, metrics, clock);
  }
}
