// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.io.IOException;

/** An S7 controller that refuses a step of the communication. */
public final class RefusingS7Controller extends S7Peer {
  /** What is refused. */
  public enum Refusal {
    /** The connection is closed, as when all connections of the controller are in use. */
    CONNECTION,
    /** The connection is closed at the question for the type of the controller. */
    IDENTIFICATION,
    /** Reads are answered with the error of a controller that does not permit PUT/GET. */
    READS
  }

  private static final int PACKET = 480;

  private final Refusal refusal;

  public RefusingS7Controller(Refusal refusal) throws IOException {
    super(PACKET);
    this.refusal = refusal;
  }

  @Override
  byte[] answerConnection(Connection connection, byte[] request) throws IOException {
    return refusal == Refusal.CONNECTION
        ? hangUp(connection)
        : super.answerConnection(connection, request);
  }

  @Override
  byte[] answerIdentification(Connection connection) throws IOException {
    return refusal == Refusal.IDENTIFICATION ? hangUp(connection) : null;
  }

  private static byte[] hangUp(Connection connection) throws IOException {
    connection.close();
    return null;
  }

  /** Error class 0x81, code 4. */
  @Override
  byte[] answerRead(byte[] request) {
    return error(request, 0x81, 4);
  }
}
