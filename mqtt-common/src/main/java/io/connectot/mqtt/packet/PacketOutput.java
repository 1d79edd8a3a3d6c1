// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;

/**
 * What the library sends, and between its packets those of this package. The library flushes after
 * each packet, and at no other time. Thread-safe.
 */
public final class PacketOutput extends OutputStream {
  private static final long LOOK_MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final OutputStream out;

  /** Whether the library has begun a packet; guarded by this. */
  private boolean inside;

  private volatile boolean closed;

  /**
   * @param out for writes under the lock of this stream
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

  /** Sends complete packets as soon as the library is between two of its own. May wait for it. */
  public synchronized void insert(byte[] packets, int length) throws IOException {
    try {
      while (inside && !closed) {
        // A packet that broke off is never flushed, and nobody tells.
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

  /** Lets nobody wait any longer. Does not block. */
  @Override
  public void close() {
    closed = true;
  }
}
