// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * The last values of nodes with a heartbeat, to be repeated while the server sends nothing because
 * they do not change. {@link #repeat} is for the thread that handles publish responses, the rest is
 * thread-safe.
 */
public final class Heartbeats {
  private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final LongSupplier nanoTime;
  private final Map<NodeState, Last> last = new ConcurrentHashMap<>();

  /** Owned by the thread that handles publish responses. */
  private long checkedNanos;

  /**
   * A value.
   *
   * @param sinceNanos when it was delivered last
   */
  private record Last(DataValue value, long sinceNanos) {}

  /** Delivers a value once more. */
  @FunctionalInterface
  public interface Repeat {
    void repeat(NodeState state, DataValue value) throws InterruptedException;
  }

  /**
   * @param nanoTime a monotonic clock
   */
  public Heartbeats(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.checkedNanos = nanoTime.getAsLong();
  }

  /** A value was delivered. */
  public void delivered(NodeState state, DataValue value) {
    if (heartbeat(state).isPresent()) {
      last.put(state, new Last(value, nanoTime.getAsLong()));
    }
  }

  /** The server sent the value that was delivered last. */
  public void unchanged(NodeState state, DataValue value) {
    if (heartbeat(state).isPresent()) {
      last.putIfAbsent(state, new Last(value, nanoTime.getAsLong()));
    }
  }

  /** Nodes are not monitored any more. */
  public void forget(Collection<NodeState> states) {
    last.keySet().removeAll(states);
  }

  /**
   * Repeats the values that are due.
   *
   * @throws InterruptedException when the connection or the task is over
   */
  public void repeat(Repeat repeat) throws InterruptedException {
    long now = nanoTime.getAsLong();
    if (now - checkedNanos < CHECK_NANOS || last.isEmpty()) {
      return;
    }
    checkedNanos = now;
    for (Map.Entry<NodeState, Last> entry : last.entrySet()) {
      NodeState state = entry.getKey();
      Last value = entry.getValue();
      long heartbeat = heartbeat(state).map(Duration::toNanos).orElse(Long.MAX_VALUE);
      // A buffered value would come after its repetition.
      if (now - value.sinceNanos() >= heartbeat && !state.isBackfilling()) {
        entry.setValue(new Last(value.value(), now));
        repeat.repeat(state, value.value());
      }
    }
  }

  private static Optional<Duration> heartbeat(NodeState state) {
    return state.node().tag().report().heartbeat();
  }
}
