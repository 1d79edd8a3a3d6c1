// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.opcua.resume.SubscriptionKey;
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

  /** Subscriptions that were left at the server and that no stored offset names. */
  private final Set<SubscriptionKey> unrecorded = new HashSet<>();

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
  }

  /**
   * A transfer failed: the server as it runs now is not asked again.
   *
   * @return whether this was not known
   */
  synchronized boolean failed(long serverStart) {
    boolean news = isUseful(serverStart);
    works = false;
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

  /** A task leaves a subscription at the server that no stored offset names. */
  synchronized void leave(SubscriptionKey key) {
    unrecorded.add(key);
  }

  /** The subscriptions that tasks left and no stored offset names. */
  synchronized Set<SubscriptionKey> left(long serverStart) {
    unrecorded.removeIf(key -> key.serverStart() != serverStart);
    return Set.copyOf(unrecorded);
  }

  /** A subscription is in use, or gone. */
  synchronized void forget(SubscriptionKey key) {
    unrecorded.remove(key);
  }
}
