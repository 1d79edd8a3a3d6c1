// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** How a server treats requests. Implementations are thread-safe. */
@FunctionalInterface
public interface ServerFault {
  /** None: the right answer at once. */
  ServerFault NONE = transaction -> transaction.send(transaction.response());

  /** Never answers; the connection stays. */
  ServerFault HANG = transaction -> {};

  /** Closes the connection in place of an answer. */
  ServerFault DISCONNECT = ServerTransaction::disconnect;

  /** Sends half of the response, and closes the connection. */
  ServerFault DISCONNECT_MID_REPLY =
      transaction -> {
        sendHalf(transaction);
        transaction.disconnect();
      };

  /** Sends half of the response, and no more. */
  ServerFault HANG_MID_REPLY = ServerFault::sendHalf;

  /** Answers another transaction, where frames have one. */
  ServerFault WRONG_TRANSACTION =
      transaction -> {
        ServerResponse response = transaction.response();
        transaction.send(response.withTransaction(response.transaction() - 1));
      };

  /** Answers in another protocol, where frames have one. */
  ServerFault WRONG_PROTOCOL =
      transaction -> transaction.send(transaction.response().withProtocol(1));

  /** Answers in the name of another unit. */
  ServerFault WRONG_UNIT =
      transaction ->
          transaction.send(transaction.response().withUnit(transaction.response().unit() + 1));

  /** Answers another function. */
  ServerFault WRONG_FUNCTION =
      transaction ->
          transaction.send(
              transaction.response().withFunction(transaction.response().function() % 4 + 1));

  /** A well-formed response with two bytes of data less than asked for. */
  ServerFault SHORT_REPLY =
      transaction -> transaction.send(transaction.response().withMoreData(-2));

  /** A well-formed response with two bytes of data more than asked for. */
  ServerFault LONG_REPLY = transaction -> transaction.send(transaction.response().withMoreData(2));

  /** A byte count that does not fit the data that follow. */
  ServerFault WRONG_BYTE_COUNT =
      transaction -> transaction.send(transaction.response().withWrongByteCount());

  /** The right response, and some of it again. */
  ServerFault TRAILING_BYTES =
      transaction -> {
        byte[] frame = transaction.encode(transaction.response());
        transaction.sendRaw(Arrays.copyOf(frame, frame.length + 5));
      };

  /** A response with one bit flipped in its last data byte, where frames have a checksum. */
  ServerFault FLIPPED_BIT =
      transaction -> {
        byte[] frame = transaction.encode(transaction.response());
        frame[frame.length - 5] ^= 1;
        transaction.sendRaw(frame);
      };

  /** Answers, or not. */
  void answer(ServerTransaction transaction) throws IOException;

  /** Answers late. Responses to later requests may overtake it. */
  static ServerFault late(Duration delay) {
    return transaction -> transaction.sendLater(transaction.response(), delay);
  }

  /**
   * Keeps the response back and sends it when the next request has come, before the response to
   * that.
   */
  static ServerFault lateUntilNextRequest() {
    return transaction -> transaction.sendBeforeNext(transaction.response());
  }

  /** Sends these bytes, whatever was asked. */
  static ServerFault garbage(byte[] bytes) {
    byte[] copy = bytes.clone();
    return transaction -> transaction.sendRaw(copy);
  }

  /** Refuses with an exception code. */
  static ServerFault exception(int code) {
    return transaction -> transaction.send(ServerResponse.exception(transaction.request(), code));
  }

  private static void sendHalf(ServerTransaction transaction) throws IOException {
    byte[] frame = transaction.encode(transaction.response());
    transaction.sendRaw(Arrays.copyOf(frame, frame.length / 2));
  }
}
