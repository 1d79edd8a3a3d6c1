// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.service.ResponseFutures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Milo client with its connection and its threads. Closes all of them in any state of Milo.
 * Thread-safe.
 */
// Futures are chained for what they do; whether that worked shows elsewhere.
@SuppressWarnings("FutureReturnValueIgnored")
final class MiloConnection {
  private static final Logger LOG = LoggerFactory.getLogger(MiloConnection.class);

  /** After what time the threads are given back though Milo has not said that it is done. */
  private static final Duration LONGEST_END = Duration.ofSeconds(20);

  private final OpcUaClient client;
  private final SingleUseTransport connection;
  private final ClientThreads.Lease threads;
  private final String url;

  /** Set once, by the first call of {@link #end}. */
  private final AtomicReference<CompletableFuture<?>> end = new AtomicReference<>();

  private MiloConnection(
      OpcUaClient client, SingleUseTransport connection, ClientThreads.Lease threads, String url) {
    this.client = client;
    this.connection = connection;
    this.threads = threads;
    this.url = url;
  }

  /** A client that is not connected yet. */
  static MiloConnection on(OpcUaClientConfig config, String url, Duration connectTimeout) {
    ClientThreads.Lease threads = ClientThreads.lease();
    SingleUseTransport connection = SingleUseTransport.on(threads, connectTimeout);
    return new MiloConnection(new OpcUaClient(config, connection), connection, threads, url);
  }

  OpcUaClient client() {
    return client;
  }

  String url() {
    return url;
  }

  ExecutorService executor() {
    return threads.executor();
  }

  ClientThreads.Lease threads() {
    return threads;
  }

  /** Completes with why the connection is over. */
  CompletableFuture<Throwable> over() {
    return connection.over();
  }

  /**
   * ResponseFutures for an answer, or for the end of the connection, whichever comes first. For the
   * few waits until there is a session: Milo does not say when it gives up on making one.
   *
   * @throws ProtocolException when it does not come in time, or is a failure
   */
  <T> T await(CompletableFuture<T> answer, Duration limit)
      throws ProtocolException, InterruptedException {
    CompletableFuture<T> either = new CompletableFuture<>();
    answer.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            either.complete(value);
          } else {
            either.completeExceptionally(failure);
          }
        });
    connection.over().thenAccept(either::completeExceptionally);
    return ResponseFutures.await(either, limit, url);
  }

  /**
   * Ends everything. Idempotent.
   *
   * @param timeout how long to wait for the server to hear of it; what is not done then is cut off
   */
  void end(Duration timeout) {
    CompletableFuture<?> done = new CompletableFuture<>();
    if (!end.compareAndSet(null, done)) {
      return;
    }
    CompletableFuture<OpcUaClient> disconnected = client.disconnectAsync();
    if (!timeout.isZero()) {
      ResponseFutures.settle(disconnected, timeout);
    }
    connection.abort();
    disconnected
        .copy()
        .orTimeout(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (unit, failure) -> {
              if (failure != null) {
                LOG.debug("{}: the client did not end in time", url, failure);
              }
              threads.close();
            });
  }
}
