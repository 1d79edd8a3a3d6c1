// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of one server's transfers of subscriptions, for one connector: whether to request
 * another one. Survives restarts of tasks, not of the worker. Thread-safe.
 */
public final class TransferMemory {
  private static final Map<Object, TransferMemory> SERVERS = new ConcurrentHashMap<>();

  /** All guarded by this. */
  private boolean failed;

  /** When the server was started whose transfers failed, ticks. */
  private long failedStart;

  /** Whether a restart of the server changes nothing. */
  private boolean permanent;

  private boolean works;

  /** Whether a connection was lost between a response and the first message. */
  private boolean doubtful;

  /** Subscriptions that were left at the server, whether a stored offset names them or not. */
  private final Set<SubscriptionKey> left = new HashSet<>();

  /**
   * The memory of a server.
   *
   * @param server identifies the server, the connector and the user, by equality
   */
  public static TransferMemory of(Object server) {
    return SERVERS.computeIfAbsent(server, key -> new TransferMemory());
  }

  /**
   * Whether to request a transfer.
   *
   * @param serverStart when the server was started, ticks
   */
  synchronized boolean isUseful(long serverStart) {
    return !failed || (!permanent && failedStart != serverStart);
  }

  /** Whether a transferred subscription has published something. */
  synchronized boolean works() {
    return works;
  }

  /** A transferred subscription published. */
  synchronized void worked() {
    works = true;
    failed = false;
    doubtful = false;
  }

  /**
   * The connection was lost after the response and before the first message: the first time the
   * network may be the cause.
   *
   * @return whether it is the first time since a transfer worked
   */
  synchronized boolean doubt() {
    boolean first = !doubtful;
    doubtful = true;
    return first;
  }

  /** Whether a connection was lost between a response and the first message, without a cause. */
  synchronized boolean isDoubtful() {
    return doubtful;
  }

  /**
   * A transfer failed: the server as it runs now is not asked again.
   *
   * @return whether this was not known
   */
  synchronized boolean failed(long serverStart) {
    boolean news = isUseful(serverStart);
    works = false;
    doubtful = false;
    failedStart = serverStart;
    failed = true;
    return news;
  }

  /**
   * The server was gone after the request: it is not asked again, however often it is started.
   *
   * @return whether this was not known
   */
  synchronized boolean vanished(long serverStart) {
    boolean news = failed(serverStart);
    permanent = true;
    return news;
  }

  /** A task leaves a subscription at the server. */
  public synchronized void leave(SubscriptionKey key) {
    left.add(key);
  }

  /** The subscriptions that tasks left. */
  public synchronized Set<SubscriptionKey> left(long serverStart) {
    left.removeIf(key -> key.serverStart() != serverStart);
    return Set.copyOf(left);
  }

  /** A subscription is in use, or gone. */
  public synchronized void forget(SubscriptionKey key) {
    left.remove(key);
  }
}
