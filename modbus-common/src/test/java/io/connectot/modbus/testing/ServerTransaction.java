// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import java.io.IOException;
import java.time.Duration;

/** One request on its way to an answer, as a {@link ServerFault} sees it. */
public interface ServerTransaction {

  /** What was asked. */
  ReceivedRequest request();

  /** The right answer. */
  ServerResponse response();

  /** A response in the framing of the connection. */
  byte[] encode(ServerResponse response);

  /** Sends a response. */
  void send(ServerResponse response) throws IOException;

  /** Sends bytes as they are. */
  void sendRaw(byte[] bytes) throws IOException;

  /** Sends a response after a while, if the connection is there still. */
  void sendLater(ServerResponse response, Duration delay);

  /** Sends a response when the next request has come. */
  void sendBeforeNext(ServerResponse response);

  /** Closes the connection. */
  void disconnect() throws IOException;
}
