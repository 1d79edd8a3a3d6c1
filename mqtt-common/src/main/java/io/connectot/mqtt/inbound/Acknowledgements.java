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
 * Sends answers to the broker's messages, in order, on a thread of its own; those that come while
 * it sends go together in the next write. Thread-safe.
 */
public final class Acknowledgements {
  static final int PUBACK = 0x40;
  static final int PUBREC = 0x50;
  static final int PUBCOMP = 0x70;

  private static final int PACKET = 4;
  private static final int FEW = 64 * PACKET;

  /** With so many bytes unsent the broker is not read any more. */
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
   * @param threads asked for one thread, if there is anything to send
   * @param onFailure told on that thread when nothing can be sent any more
   */
  public Acknowledgements(BrokerSocket socket, Executor threads, Consumer<IOException> onFailure) {
    this.socket = socket;
    this.threads = threads;
    this.onFailure = onFailure;
  }

  /** Queues a packet that is nothing but a packet identifier. Does not block. */
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

  /** As {@link #add}, for the reading thread, which waits here while too many are queued. */
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
   * Queues a last packet, takes no more, and waits until all are sent, or nothing can be sent, or
   * the time is up.
   *
   * @param last empty for none
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

  /** As {@link #finish(byte[], Duration)} without a last packet. */
  public void finish(Duration timeout) throws InterruptedException {
    finish(new byte[0], timeout);
  }

  /** Sends nothing more. Does not block. */
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
