// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.modbus.transport.channel.CloseGuard;
import io.connectot.modbus.transport.channel.ConnectionClosedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one connection at a time use a line, so that the connectors of a worker do not disturb each
 * other behind the same serial device server. Thread-safe.
 */
final class LineLock {
  /** By endpoint. The connectors of a worker share it: they have the same class loader. */
  private static final Map<String, LineLock> LOCKS = new ConcurrentHashMap<>();

  private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

  private Object owner; // guarded by this
  private Object lastOwner; // guarded by this

  /** The lock of a line in this process. */
  static LineLock of(String endpoint) {
    return LOCKS.computeIfAbsent(endpoint, key -> new LineLock());
  }

  /**
   * Waits for the line. Does nothing when the caller has it.
   *
   * @return whether another connection of this process used the line since the caller last did
   */
  boolean acquire(Object user, CloseGuard.Call call) throws ConnectionClosedException {
    while (true) {
      synchronized (this) {
        if (owner == null || owner == user) {
          boolean usedByOther = owner == null && lastOwner != user && lastOwner != null;
          owner = user;
          lastOwner = user;
          return usedByOther;
        }
      }
      if (call.isClosed()) {
        throw new ConnectionClosedException();
      }
      call.sleep(POLL_INTERVAL);
    }
  }

  /** Frees the line when the caller has it. */
  synchronized void release(Object user) {
    if (owner == user) {
      owner = null;
    }
  }
}
