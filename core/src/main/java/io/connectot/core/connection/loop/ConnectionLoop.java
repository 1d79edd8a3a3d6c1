// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection.loop;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.Clock;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.ConnectionState.Event;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stays connected: a thread of its own opens a connection, waits for its end, and opens the next
 * one. Pauses grow from attempt to attempt and begin anew once a connection has held for a while. A
 * failure of kind {@link Kind#CONFIGURATION} is followed by the longest pause, one of kind {@link
 * Kind#FATAL} by none: the loop gives up. Thread-safe.
 */
public final class ConnectionLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLoop.class);

  /** Waits between two attempts. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(long nanos) throws InterruptedException;
  }

  private final Supplier<? extends Connection> connections;
  private final RetryPolicy policy;
  private final Backoff backoff;
  private final ConnectionListener listener;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Thread thread;

  /** Written by the loop's thread. */
  private volatile ConnectionState state = ConnectionState.CONNECTING;

  /** Written by the loop's thread; null while there is no attempt. */
  private volatile End end;

  private volatile boolean closed;

  /**
   * @param threads makes its thread
   * @param connections makes a connection for each attempt, without opening it
   * @param policy how it retries
   * @param listener is notified of what happens
   */
  public ConnectionLoop(
      ThreadFactory threads,
      Supplier<? extends Connection> connections,
      RetryPolicy policy,
      ConnectionListener listener,
      Clock clock) {
    this(threads, connections, policy, listener, clock, TimeUnit.NANOSECONDS::sleep);
  }

  ConnectionLoop(
      ThreadFactory threads,
      Supplier<? extends Connection> connections,
      RetryPolicy policy,
      ConnectionListener listener,
      Clock clock,
      Sleeper sleeper) {
    this.connections = connections;
    this.policy = policy;
    this.backoff = policy.newBackoff();
    this.listener = listener;
    this.clock = clock;
    this.sleeper = sleeper;
    this.thread = threads.newThread(this::run);
  }

  /** Begins to connect, and returns. To be called once. */
  public void start() {
    thread.start();
  }

  /** The state of the connection. */
  public ConnectionState state() {
    return state;
  }

  /** As {@link ConnectionEnd#dropped}, for the present connection if there is one. */
  public void drop(ProtocolException cause) {
    End current = end;
    if (current != null) {
      current.dropped(cause);
    }
  }

  /**
   * Ends the connection, and connects no more. Returns when the connection is closed; the loop's
   * thread may need a moment longer, see {@link #awaitStopped}. Idempotent.
   */
  @Override
  public void close() {
    closed = true;
    End current = end;
    // Before the interrupt, which makes the loop's thread close the connection too.
    boolean closes = current != null && current.claimClose();
    thread.interrupt();
    if (closes) {
      current.connection.close();
    }
  }

  /**
   * Waits until the loop's thread has ended.
   *
   * @param nanos at most so long
   * @return whether it has
   */
  public boolean awaitStopped(long nanos) throws InterruptedException {
    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    return !thread.isAlive();
  }

  /** For its thread; tests call it on theirs. */
  void run() {
    boolean again = false;
    try {
      while (!closed) {
        Outcome outcome = connectAndWait(again);
        if (closed || outcome.isFinal()) {
          return;
        }
        again |= outcome.connected;
        state = state.after(Event.FAILED);
        if (outcome.cause.kind() == Kind.FATAL) {
          listener.failed(outcome.cause);
          return;
        }
        listener.disconnected(outcome.cause);
        pause(outcome);
        state = state.after(Event.RETRY);
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", Thread.currentThread().getName());
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      listener.failed(e);
    } finally {
      state = state.after(Event.STOP);
    }
  }

  /**
   * How an attempt ended.
   *
   * @param connected whether there was a connection
   * @param dropped whether this side wanted it to end
   * @param heldNanos how long there was one
   */
  private record Outcome(
      ProtocolException cause, boolean connected, boolean dropped, long heldNanos) {
    /** No other attempt follows. */
    static final Outcome FINISHED = new Outcome(null, true, false, 0);

    boolean isFinal() {
      return cause == null;
    }
  }

  private Outcome connectAndWait(boolean again) throws InterruptedException {
    Connection current = connections.get();
    long connectedTick = 0;
    boolean connected = false;
    try (End newEnd = new End(current)) {
      end = newEnd;
      if (closed) {
        throw new InterruptedException("closed");
      }
      current.awaitReady();
      current.open(newEnd);
      connected = true;
      connectedTick = clock.tick();
      state = state.after(Event.CONNECTED);
      listener.connected(again);
      return await(current, newEnd, connectedTick);
    } catch (ProtocolException e) {
      return new Outcome(e, connected, false, connected ? clock.tick() - connectedTick : 0);
    } catch (RuntimeException e) {
      LOG.error("Unexpected failure in {}", Thread.currentThread().getName(), e);
      return new Outcome(unexpected(e), connected, false, 0);
    } finally {
      end = null;
    }
  }

  private Outcome await(Connection current, End theEnd, long connectedTick)
      throws ProtocolException, InterruptedException {
    long tickNanos = policy.tickInterval().toNanos();
    Outcome outcome = null;
    while (outcome == null) {
      if (tickNanos > 0) {
        current.tick();
        outcome = theEnd.outcomes.poll(tickNanos, TimeUnit.NANOSECONDS);
      } else {
        outcome = theEnd.outcomes.take();
      }
    }
    return outcome.isFinal()
        ? outcome
        : new Outcome(outcome.cause, true, outcome.dropped, clock.tick() - connectedTick);
  }

  private void pause(Outcome outcome) throws InterruptedException {
    if (outcome.dropped) {
      return;
    }
    if (outcome.connected && outcome.heldNanos >= policy.stable().toNanos()) {
      backoff.reset();
    }
    sleeper.sleep(
        outcome.cause.kind() == Kind.CONFIGURATION ? backoff.longestNanos() : backoff.nextNanos());
  }

  /** Whatever one odd peer causes concerns that peer alone. */
  private static ProtocolException unexpected(RuntimeException cause) {
    return new ProtocolException(
        Kind.CONFIGURATION,
        Scope.CONNECTION,
        "INTERNAL_ERROR",
        "unexpected failure: " + cause + "; report it with the worker's log",
        cause);
  }

  /**
   * The end of one connection. Only one thread closes a connection: a second one would cut the
   * farewell of the first short.
   */
  private static final class End implements ConnectionEnd, AutoCloseable {
    private final Connection connection;
    private final BlockingQueue<Outcome> outcomes = new ArrayBlockingQueue<>(1);
    private final AtomicBoolean closing = new AtomicBoolean();

    End(Connection connection) {
      this.connection = connection;
    }

    /** Whether the caller is the one to close the connection. */
    boolean claimClose() {
      return closing.compareAndSet(false, true);
    }

    @Override
    public void close() {
      if (claimClose()) {
        connection.close();
      }
    }

    @Override
    public void lost(ProtocolException cause) {
      outcomes.offer(new Outcome(cause, true, false, 0));
    }

    @Override
    public void dropped(ProtocolException cause) {
      outcomes.offer(new Outcome(cause, true, true, 0));
    }

    @Override
    public void finished() {
      outcomes.offer(Outcome.FINISHED);
    }
  }
}
