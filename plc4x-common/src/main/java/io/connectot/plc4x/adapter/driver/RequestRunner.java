// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.plc4x.java.api.exceptions.PlcException;

/** Sends requests by a driver and waits for their responses. For the owner of the connection. */
final class RequestRunner {
  private final ReplyWatch watch;

  /**
   * @param watch of the connection
   */
  RequestRunner(ReplyWatch watch) {
    this.watch = watch;
  }

  /** Sends a request. */
  @FunctionalInterface
  interface RequestCall<T> {
    CompletableFuture<? extends T> send() throws PlcException;
  }

  /** Sends a request that changes nothing. */
  <T> T read(RequestCall<T> request, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    return await(request, limit, Kind.REFUSED);
  }

  /**
   * Sends a request that changes the device.
   *
   * @throws DriverException as {@link
   *     io.connectot.plc4x.adapter.DriverConnection.PreparedWrite#execute}
   */
  <T> T write(RequestCall<T> request, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    long sentBefore = watch.sent();
    long receivedBefore = watch.received();
    try {
      return await(request, limit, Kind.UNSENT);
    } catch (DriverException e) {
      throw new DriverException(
          e.getMessage(), e.getCause(), kind(e.kind(), sentBefore, receivedBefore));
    }
  }

  private Kind kind(Kind kind, long sentBefore, long receivedBefore) {
    if (!watch.isAttached()) {
      return kind;
    } else if (watch.sent() == sentBefore) {
      return Kind.UNSENT;
    } else if (kind == Kind.UNSENT || watch.received() == receivedBefore) {
      return Kind.NO_ANSWER;
    }
    return kind;
  }

  private <T> T await(RequestCall<T> request, Duration limit, Kind unsent)
      throws DriverException, TimeoutException, InterruptedException {
    CompletableFuture<? extends T> future;
    try {
      future = request.send();
    } catch (PlcException | RuntimeException e) {
      throw new DriverException(ExceptionMessages.reason(e), e, unsent);
    }
    watch.expect(future);
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw RequestResults.failure(e.getCause());
    } finally {
      // Releases what the driver keeps for the request.
      future.cancel(true);
    }
  }
}
