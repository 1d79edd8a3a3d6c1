// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * A connection to a tally, as a library would offer it: it knows nothing of Kafka. Thread-safe; all
 * state is guarded by the device's monitor.
 */
final class TallyConnection implements AutoCloseable {
  private final TallyDevice device;
  private final ArrayDeque<TallyDevice.Message> inbox;
  private boolean open = true;

  TallyConnection(TallyDevice device, Collection<TallyDevice.Message> firstMessages) {
    this.device = device;
    this.inbox = new ArrayDeque<>(firstMessages);
  }

  /**
   * Asks for a count.
   *
   * @return empty when there is no such counter
   * @throws java.net.SocketTimeoutException when there is no answer in time
   * @throws IOException when there is no connection
   */
  OptionalLong read(int counter, Duration timeout) throws IOException {
    return device.answer(this, counter, timeout);
  }

  /**
   * Sets a count.
   *
   * @return whether the device took it
   * @throws java.net.SocketTimeoutException when there is no answer in time
   * @throws IOException when there is no connection
   */
  boolean write(int counter, long count, Duration timeout) throws IOException {
    return device.take(this, counter, count, timeout);
  }

  /**
   * Waits for the next message.
   *
   * @throws IOException when there is no connection any more
   */
  TallyDevice.Message next() throws IOException, InterruptedException {
    synchronized (device) {
      while (open && inbox.isEmpty()) {
        device.wait();
      }
      if (!open) {
        throw new IOException("connection closed");
      }
      return inbox.remove();
    }
  }

  /** Tells the device that it may forget a message. Does not block; nothing once it is closed. */
  void acknowledge(long message) {
    synchronized (device) {
      if (open) {
        device.forget(message);
      }
    }
  }

  boolean isOpen() {
    return open;
  }

  void receive(TallyDevice.Message message) {
    inbox.add(message);
  }

  @Override
  public void close() {
    synchronized (device) {
      open = false;
      device.notifyAll();
    }
  }
}
