// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.inbound;

import io.connectot.mqtt.socket.BrokerSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends acknowledgements to the broker in order, on a thread of its own. Acknowledgements queued
 * during a write are batched into the next write. Thread-safe.
 */
public final class Acknowledgements {
  static final int PUBACK = 0x40;
  static final int PUBREC = 0x50;
  static final int PUBCOMP = 0x70;

  private static final int PACKET = 4;
  private static final int FEW = 64 * PACKET;

  /** Above this many unsent bytes the reading thread waits. */
  private static final int MANY = 65_536 * PACKET;

  private final BrokerSocket socket;
  private final Executor threads;
  private final Consumer<IOException> onFailure;

  private byte[] queued = new byte[FEW]; // guarded by this
  private int length; // guarded by this
  private boolean started; // guarded by this
  private boolean writing; // guarded by this
  private boolean ended; // guarded by this: takes no more
  private boolean closed; // guarded by this: sends no more

  /**
   * @param threads runs the sending thread, started with the first packet
   * @param onFailure called on the sending thread when writing fails
   */
  public Acknowledgements(BrokerSocket socket, Executor threads, Consumer<IOException> onFailure) {
    this.socket = socket;
    this.threads = threads;
    this.onFailure = onFailure;
  }

  /** Queues a packet that consists of a packet identifier. Does not block. */
  synchronized void add(int type, int packetId) {
    if (ended) {
      return;
    }
    room(PACKET);
    queued[length] = (byte) type;
    queued[length + 1] = 2;
    queued[length + 2] = (byte) (packetId >> 8);
    queued[length + 3] = (byte) packetId;
    queued(PACKET);
  }

  /** Like {@link #add}, for the reading thread: waits while too much is queued. */
  synchronized void reply(int type, int packetId) {
    try {
      while (length >= MANY && !closed) {
        wait();
      }
      add(type, packetId);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Queues a final packet, accepts no more, and waits until everything is sent, sending fails or
   * the timeout expires.
   *
   * @param last may be empty
   */
  public synchronized void finish(byte[] last, Duration timeout) throws InterruptedException {
    if (!ended && last.length > 0) {
      room(last.length);
      System.arraycopy(last, 0, queued, length, last.length);
      queued(last.length);
    }
    ended = true;
    long deadline = System.nanoTime() + timeout.toNanos();
    while ((length > 0 || writing) && !closed) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis <= 0) {
        return;
      }
      wait(millis);
    }
  }

  /** Like {@link #finish(byte[], Duration)} without a final packet. */
  public void finish(Duration timeout) throws InterruptedException {
    finish(new byte[0], timeout);
  }

  /** Stops sending. Does not block. */
  public synchronized void close() {
    ended = true;
    closed = true;
    notifyAll();
  }

  private void room(int more) {
    if (length + more > queued.length) {
      queued = Arrays.copyOf(queued, Math.max(2 * queued.length, length + more));
    }
  }

  private void queued(int more) {
    length += more;
    if (!started) {
      started = true;
      threads.execute(this::run);
    } else if (!writing && length == more) {
      notifyAll();
    }
  }

  private void run() {
    byte[] sending = new byte[FEW];
    try {
      while (true) {
        int count;
        synchronized (this) {
          while (length == 0 && !closed) {
            wait();
          }
          if (closed) {
            return;
          }
          byte[] next = queued;
          queued = sending;
          sending = next;
          count = length;
          length = 0;
          writing = true;
        }
        socket.send(sending, count);
        synchronized (this) {
          writing = false;
          notifyAll();
        }
      }
    } catch (IOException e) {
      close();
      onFailure.accept(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }
}
