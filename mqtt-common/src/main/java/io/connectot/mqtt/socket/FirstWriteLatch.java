// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.socket;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/**
 * Blocks reads until the first flush of the output. Paho starts its reader first, then its other
 * threads, then writes CONNECT; a reader that hits the end of the stream before the other threads
 * run leaves Paho's starting thread waiting for ever. Thread-safe.
 */
final class FirstWriteLatch {
  private final CountDownLatch written = new CountDownLatch(1);

  /** Releases the reader. */
  void release() {
    written.countDown();
  }

  InputStream guard(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        await();
        return in.read();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        await();
        return in.read(target, offset, length);
      }

      @Override
      public int available() throws IOException {
        return written.getCount() > 0 ? 0 : in.available();
      }
    };
  }

  OutputStream guard(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
      }

      @Override
      public void flush() throws IOException {
        try {
          out.flush();
        } finally {
          release();
        }
      }
    };
  }

  private void await() throws IOException {
    try {
      written.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
