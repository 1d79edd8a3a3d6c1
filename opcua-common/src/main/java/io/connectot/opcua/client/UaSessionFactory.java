// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.spi.ProtocolException;

/** Makes sessions with the servers of one device line. Thread-safe. */
public interface UaSessionFactory {

  /**
   * Connects to the best of the device's URLs and activates a session, within the connect timeout
   * for each URL.
   *
   * @throws ProtocolException saying what an operator has to do about it
   * @throws InterruptedException when the task stops
   */
  UaSession open() throws ProtocolException, InterruptedException;
}
