// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.runtime;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a task tells its runtime.
 *
 * @param threadName the prefix of the names of all its threads
 * @param threads the most threads that scan at once
 * @param reconnectBackoff the first pause before another attempt to connect
 * @param reconnectBackoffMax the longest pause
 * @param badOnDisconnect whether a device's tags turn BAD when it is away
 * @param onFailure told what nothing in the runtime can heal, on any thread
 */
public record RuntimeSettings(
    String threadName,
    int threads,
    Duration reconnectBackoff,
    Duration reconnectBackoffMax,
    boolean badOnDisconnect,
    Consumer<Throwable> onFailure) {}
