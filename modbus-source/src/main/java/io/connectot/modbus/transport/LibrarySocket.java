// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * What the library takes for a socket: two streams. Whatever else it wants to do to a socket is not
 * its business.
 */
final class LibrarySocket extends Socket {
  private final InputStream in;
  private final OutputStream out;

  LibrarySocket(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public void setSoTimeout(int timeout) {
    // The deadline of the request governs, not the library's time-out of each read.
  }
}
