// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import java.io.Closeable;
import java.io.IOException;

/**
 * A bidirectional stream of bytes. For the owner's thread, except {@link #close} and {@link
 * #isOpen}, which any thread may call; closing ends a blocked read.
 */
public interface ByteStream extends Closeable {

  /** Sends all of {@code bytes}. */
  void send(byte[] bytes, IoDeadline deadline) throws IOException;

  /**
   * Waits for bytes and reads those available.
   *
   * @param longest the most bytes to read, at least 1
   * @return the number of bytes put into {@code target} at {@code offset}, at least 1
   * @throws java.net.SocketTimeoutException when nothing arrived by {@code deadline}
   * @throws IOException when the connection ended
   */
  int read(byte[] target, int offset, int longest, IoDeadline deadline) throws IOException;

  /** The number of bytes that can be read without waiting, as far as is known. */
  int available() throws IOException;

  /** Whether it is open, as far as is known without using it. */
  boolean isOpen();
}
