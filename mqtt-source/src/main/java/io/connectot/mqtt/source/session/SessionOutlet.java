// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.mapping.EventMapper;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.mqtt.source.mapping.InboundMessageMapper;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a session has to do with the task it belongs to.
 *
 * @param mapper called by one thread only
 * @param events empty when no status topic is configured
 * @param onFailure told what nothing in the session can heal, on any thread
 */
public record SessionOutlet(
    InboundMessageMapper mapper,
    Optional<EventMapper> events,
    RecordBuffer buffer,
    TaskMetrics metrics,
    Clock clock,
    Consumer<Throwable> onFailure) {}
