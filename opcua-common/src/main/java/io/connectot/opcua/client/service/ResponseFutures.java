// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.service;

import io.connectot.core.spi.ProtocolException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for Milo's futures with a time limit. */
public final class ResponseFutures {
  private ResponseFutures() {}

  /**
   * ResponseFutures for an answer.
   *
   * @param url of the server that is waited for
   * @throws ProtocolException when it does not come in time, or is a failure
   */
  public static <T> T await(CompletableFuture<T> answer, Duration limit, String url)
      throws ProtocolException, InterruptedException {
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw UaErrors.of(e, url);
    }
  }

  /**
   * ResponseFutures for an end whose success does not matter, and stops waiting when interrupted.
   */
  public static void settle(CompletableFuture<?> end, Duration limit) {
    try {
      end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The caller closes what has not ended by now.
    }
  }
}
