// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;

/**
 * The output stream for Paho; complete packets can be inserted between Paho's packets. Paho flushes
 * exactly once after each packet. Thread-safe.
 */
public final class PacketOutput extends OutputStream {
  private static final long LOOK_MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final OutputStream out;

  /** Whether a packet of Paho is partly written; guarded by this. */
  private boolean inside;

  private volatile boolean closed;

  /**
   * @param out written under the lock of this stream
   */
  public PacketOutput(OutputStream out) {
    super();
    this.out = out;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    inside = true;
    out.write(b);
  }

  @Override
  public synchronized void write(byte[] source, int offset, int length) throws IOException {
    inside = true;
    out.write(source, offset, length);
  }

  @Override
  public synchronized void flush() throws IOException {
    try {
      out.flush();
    } finally {
      inside = false;
      notifyAll();
    }
  }

  /** Writes complete packets as soon as no packet of Paho is partly written. May block. */
  public synchronized void insert(byte[] packets, int length) throws IOException {
    try {
      while (inside && !closed) {
        // Paho does not report a packet that failed half-way and never flushes it.
        wait(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (closed) {
      throw new SocketException("closed");
    }
    out.write(packets, 0, length);
    out.flush();
  }

  /** Releases waiting writers. Does not block. */
  @Override
  public void close() {
    closed = true;
  }
}
