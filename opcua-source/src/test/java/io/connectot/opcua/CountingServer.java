// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import java.io.IOException;

/** A server with counters that count on their own. */
interface CountingServer extends AutoCloseable {
  /** How many counters there are. */
  int COUNTERS = 10;

  /** The port on this machine. */
  int port();

  /** The path of its URL, empty or with a slash before it. */
  String path();

  /** The address of a counter. */
  String address(int counter);

  String user();

  String password();

  /** How many subscriptions the server has. */
  int subscriptions();

  /**
   * Stops counting.
   *
   * @return the last number of each counter
   */
  long[] stopCounting() throws IOException;

  @Override
  void close();
}
