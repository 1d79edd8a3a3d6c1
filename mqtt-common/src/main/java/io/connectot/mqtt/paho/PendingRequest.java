// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request to the broker and its response. The first outcome wins. Thread-safe.
 *
 * @param <R> the response type
 */
final class PendingRequest<R> {
  private final CompletableFuture<R> answer = new CompletableFuture<>();

  void answered(R value) {
    answer.complete(value);
  }

  void failed(Throwable cause) {
    answer.completeExceptionally(cause);
  }

  R await(Duration timeout) throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
