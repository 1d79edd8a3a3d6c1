// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.runtime;

import io.connectot.core.connection.loop.RetryPolicy;
import java.util.function.Consumer;

/**
 * The settings of a runtime.
 *
 * @param connector the connector's name
 * @param threadName the prefix of the names of all its threads
 * @param scanThreads the most threads that scan at once
 * @param retries how connections are retried
 * @param badOnDisconnect whether a device's tags turn BAD when it is away
 * @param onFailure receives failures that end the task, on any thread
 */
public record RuntimeSettings(
    String connector,
    String threadName,
    int scanThreads,
    RetryPolicy retries,
    boolean badOnDisconnect,
    Consumer<Throwable> onFailure) {}
