// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.io.Closeable;
import java.io.IOException;

/**
 * A connection that carries bytes both ways. For the owner's thread, but {@link #close} and {@link
 * #isOpen}, which may come from any thread; closing ends a read under way.
 */
interface ByteLine extends Closeable {

  /** Sends all of {@code bytes}. */
  void send(byte[] bytes, Deadline deadline) throws IOException;

  /**
   * Waits for bytes and takes what is there.
   *
   * @param longest how many at most, 1 or more
   * @return how many were put into {@code target} from {@code offset}, 1 or more
   * @throws java.net.SocketTimeoutException when nothing arrived until {@code deadline}
   * @throws IOException when the connection ended
   */
  int read(byte[] target, int offset, int longest, Deadline deadline) throws IOException;

  /**
   * Throws away what is there, without waiting for more.
   *
   * @return how many bytes that was
   */
  int discard(Deadline deadline) throws IOException;

  /** Whether it was neither closed nor lost, as far as is known without using it. */
  boolean isOpen();
}
