// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import io.connectot.modbus.transport.frame.IoDeadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A socket whose reads share one deadline. Also used below TLS, so that the deadline limits the
 * handshake as well.
 */
final class DeadlineSocket extends Socket {
  private IoDeadline deadline; // owner's thread
  private InputStream guarded; // owner's thread

  /** Sets the deadline of all following reads. */
  void arm(IoDeadline newDeadline) {
    this.deadline = newDeadline;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    if (guarded == null) {
      guarded = new DeadlineStream(super.getInputStream());
    }
    return guarded;
  }

  private final class DeadlineStream extends FilterInputStream {
    DeadlineStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      limit();
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      limit();
      return in.read(bytes, offset, length);
    }

    private void limit() throws IOException {
      if (deadline == null) {
        throw new SocketTimeoutException("no deadline is set");
      }
      setSoTimeout(deadline.remainingMillis());
    }
  }
}
