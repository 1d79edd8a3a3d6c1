// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.transport.BrokerErrors;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The requests of a connection that the broker has not answered. Thread-safe.
 *
 * @param <R> the response type
 */
final class PendingRequests<R> {
  private final BrokerAddress broker;
  private final Duration timeout;
  private final Set<PendingRequest<R>> waiting = ConcurrentHashMap.newKeySet();

  /** Sends a request. */
  interface Start {
    void run() throws Exception;
  }

  /**
   * @param timeout maximum wait for a response
   */
  PendingRequests(BrokerAddress broker, Duration timeout) {
    this.broker = broker;
    this.timeout = timeout;
  }

  /** Adds a request that another caller waits for. */
  void add(PendingRequest<R> request) {
    waiting.add(request);
  }

  /**
   * Sends a request and waits for the response.
   *
   * @param over whether the connection has ended
   */
  R perform(PendingRequest<R> request, BooleanSupplier over, Start start)
      throws InterruptedException, ExecutionException, TimeoutException {
    waiting.add(request);
    try {
      // Checked after adding, so that a concurrent end of the connection either fails the request
      // or is seen here.
      if (over.getAsBoolean()) {
        throw new ExecutionException(BrokerErrors.closed(broker, null));
      }
      start.run();
      return request.await(timeout);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw e;
    } catch (Exception e) {
      throw new ExecutionException(e);
    } finally {
      waiting.remove(request);
    }
  }

  /** Fails all pending requests. */
  void failAll(ProtocolException cause) {
    waiting.forEach(request -> request.failed(cause));
  }
}
