// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import java.time.Duration;

/**
 * How a connection treats its connection. Every connection behind one endpoint has the same.
 *
 * @param connectTimeout the longest time to connect, TLS handshake included
 * @param requestTimeout the longest time from a request to its whole response
 * @param retries how often a request is sent again after a timeout or exception 5 or 6; 0 for never
 * @param retryBackoff the pause before a request is sent again
 * @param pauseAfterConnect the pause between connecting and the first request, for devices that
 *     accept before they are ready
 * @param interRequestDelay the least time between a response and the next request; on serial lines
 *     never below 3.5 characters
 * @param closeAfterPoll whether the connection is closed after each scan, for devices that serve
 *     one connection only
 * @param backupRetryInterval how long after a fail-over the first endpoint is left alone before it
 *     is tried again
 */
public record ModbusConnectionSettings(
    Duration connectTimeout,
    Duration requestTimeout,
    int retries,
    Duration retryBackoff,
    Duration pauseAfterConnect,
    Duration interRequestDelay,
    boolean closeAfterPoll,
    Duration backupRetryInterval) {

  /** What applies when nothing is configured. */
  public static final ModbusConnectionSettings DEFAULT =
      new ModbusConnectionSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          1,
          Duration.ofMillis(100),
          Duration.ZERO,
          Duration.ZERO,
          false,
          Duration.ofSeconds(60));
}
