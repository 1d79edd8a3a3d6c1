// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.opcua.client.service.OperationLimits;
import io.connectot.opcua.client.service.ResponseFutures;
import io.connectot.opcua.client.service.UaErrors;
import io.connectot.opcua.config.OpcUaConnectionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session on a Milo client, which ends with its first loss. Thread-safe. */
// Futures are chained for what they do; whether that worked shows elsewhere.
@SuppressWarnings("FutureReturnValueIgnored")
final class MiloSession implements UaSession {
  private static final Logger LOG = LoggerFactory.getLogger(MiloSession.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(1500);

  /** Beyond the request timeout, after which Milo itself gives up. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final MiloConnection link;
  private final ServerInfo info;
  private final NamespaceTable namespaces;
  private final Duration requestTimeout;
  private final Duration keepAliveInterval;

  /** Guarded by itself; empty after the loss or the close. */
  private final List<Consumer<ProtocolException>> listeners = new ArrayList<>();

  /** Guarded by {@link #listeners}. */
  private boolean closed;

  /** Set once, guarded by {@link #listeners}; null until the session is lost. */
  private volatile ProtocolException loss;

  /** Fails each call that waits for an answer, when the session is lost. */
  private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

  /** Guarded by {@link #listeners}; null while the service level is not watched. */
  private ScheduledFuture<?> watch;

  MiloSession(MiloConnection link, ServerInfo info, Configuration config) {
    this.link = link;
    this.info = info;
    this.namespaces = info.namespaces();
    this.requestTimeout = config.get(OpcUaConnectionConfig.REQUEST_TIMEOUT);
    this.keepAliveInterval = config.get(OpcUaConnectionConfig.KEEPALIVE_INTERVAL);
    SessionEndReason reason = new SessionEndReason();
    link.client().addFaultListener(reason);
    link.client()
        .addSessionActivityListener(
            new SessionActivityListener() {
              @Override
              public void onSessionInactive(org.eclipse.milo.opcua.sdk.client.UaSession session) {
                lose(UaErrors.of(reason.get(), link.url()));
              }
            });
    link.over().thenAccept(cause -> lose(UaErrors.of(cause, link.url())));
  }

  @Override
  public String url() {
    return link.url();
  }

  @Override
  public OpcUaClient services() {
    return link.client();
  }

  @Override
  public NamespaceTable namespaces() {
    return namespaces;
  }

  @Override
  public OperationLimits limits() {
    return info.limits();
  }

  @Override
  public DateTime serverStart() {
    return info.start();
  }

  /** The service level when the session was made, 0 to 255. */
  int serviceLevel() {
    return info.serviceLevel();
  }

  @Override
  @SuppressWarnings("CollectionUndefinedEquality") // Each call is itself only.
  public <T> T await(CompletableFuture<T> answer) throws ProtocolException, InterruptedException {
    // Milo lets a call wait for a new session, which never comes here.
    CompletableFuture<T> answerOrLoss = answer.copy();
    Runnable fail = () -> answerOrLoss.completeExceptionally(loss);
    waiting.add(fail);
    try {
      if (loss != null) {
        fail.run();
      }
      return ResponseFutures.await(answerOrLoss, requestTimeout.plus(GRACE), link.url());
    } finally {
      waiting.remove(fail);
    }
  }

  @Override
  public void onLoss(Consumer<ProtocolException> listener) {
    ProtocolException known;
    synchronized (listeners) {
      known = loss;
      if (known == null && !closed) {
        listeners.add(listener);
      }
    }
    if (known != null) {
      listener.accept(known);
    }
  }

  /** Gives the session up when the server's service level falls below {@code least}. */
  void watchServiceLevel(int least) {
    long interval = keepAliveInterval.toMillis();
    ScheduledFuture<?> task =
        link.threads()
            .scheduler()
            .scheduleWithFixedDelay(
                () -> checkServiceLevel(least), interval, interval, TimeUnit.MILLISECONDS);
    synchronized (listeners) {
      if (!closed && loss == null) {
        watch = task;
        return;
      }
    }
    task.cancel(false);
  }

  private void checkServiceLevel(int least) {
    link.client()
        .readAsync(0, TimestampsToReturn.Neither, List.of(ServerInfo.serviceLevelRequest()))
        .thenAccept(
            answer -> {
              boolean present = answer.getResults() != null && answer.getResults().length > 0;
              int level =
                  present
                      ? ServerInfo.serviceLevel(answer.getResults()[0])
                      : ServerInfo.MAX_SERVICE_LEVEL;
              if (level < least) {
                lose(
                    UaErrors.of(
                        Kind.TRANSIENT,
                        "SERVICE_LEVEL",
                        link.url(),
                        "the service level of the server fell to "
                            + level
                            + ", less than "
                            + least
                            + "; the connector changes to another server of the device",
                        null));
              }
            });
  }

  private void lose(ProtocolException cause) {
    List<Consumer<ProtocolException>> told;
    synchronized (listeners) {
      if (closed || loss != null) {
        return;
      }
      loss = cause;
      told = List.copyOf(listeners);
      listeners.clear();
      stopWatching();
    }
    waiting.forEach(Runnable::run);
    // Not on this thread: Milo calls from those that ending it waits for. And in this order: with
    // the link, the threads may end.
    for (Consumer<ProtocolException> listener : told) {
      link.executor().execute(() -> tell(listener, cause));
    }
    link.executor().execute(() -> link.end(CLOSE_TIMEOUT));
  }

  private static void tell(Consumer<ProtocolException> listener, ProtocolException cause) {
    try {
      listener.accept(cause);
    } catch (RuntimeException e) {
      LOG.error("Unexpected failure of the listener of a lost session", e);
    }
  }

  @Override
  public void close() {
    synchronized (listeners) {
      closed = true;
      listeners.clear();
      stopWatching();
    }
    link.end(CLOSE_TIMEOUT);
  }

  /** Called with {@link #listeners} held. */
  private void stopWatching() {
    if (watch != null) {
      watch.cancel(false);
      watch = null;
    }
  }
}
