// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import java.io.IOException;
import java.time.Duration;

/** One request on its way to an answer, as a {@link Fault} sees it. */
public interface Exchange {

  /** What was asked. */
  Request request();

  /** The right answer. */
  Reply reply();

  /** A reply in the framing of the connection. */
  byte[] encode(Reply reply);

  /** Sends a reply. */
  void send(Reply reply) throws IOException;

  /** Sends bytes as they are. */
  void sendRaw(byte[] bytes) throws IOException;

  /** Sends a reply after a while, if the connection is there still. */
  void sendLater(Reply reply, Duration delay);

  /** Sends a reply when the next request has come. */
  void sendBeforeNext(Reply reply);

  /** Closes the connection. */
  void disconnect() throws IOException;
}
