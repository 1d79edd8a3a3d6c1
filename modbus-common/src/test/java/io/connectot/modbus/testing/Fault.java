// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** How a server treats requests. Implementations are thread-safe. */
@FunctionalInterface
public interface Fault {
  /** None: the right answer at once. */
  Fault NONE = exchange -> exchange.send(exchange.reply());

  /** Never answers; the connection stays. */
  Fault HANG = exchange -> {};

  /** Closes the connection in place of an answer. */
  Fault DISCONNECT = Exchange::disconnect;

  /** Sends half of the reply, and closes the connection. */
  Fault DISCONNECT_MID_REPLY =
      exchange -> {
        sendHalf(exchange);
        exchange.disconnect();
      };

  /** Sends half of the reply, and no more. */
  Fault HANG_MID_REPLY = Fault::sendHalf;

  /** Answers another transaction, where frames have one. */
  Fault WRONG_TRANSACTION =
      exchange -> {
        Reply reply = exchange.reply();
        exchange.send(reply.withTransaction(reply.transaction() - 1));
      };

  /** Answers in another protocol, where frames have one. */
  Fault WRONG_PROTOCOL = exchange -> exchange.send(exchange.reply().withProtocol(1));

  /** Answers in the name of another unit. */
  Fault WRONG_UNIT =
      exchange -> exchange.send(exchange.reply().withUnit(exchange.reply().unit() + 1));

  /** Answers another function. */
  Fault WRONG_FUNCTION =
      exchange -> exchange.send(exchange.reply().withFunction(exchange.reply().function() % 4 + 1));

  /** A well-formed reply with two bytes of data less than asked for. */
  Fault SHORT_REPLY = exchange -> exchange.send(exchange.reply().withMoreData(-2));

  /** A well-formed reply with two bytes of data more than asked for. */
  Fault LONG_REPLY = exchange -> exchange.send(exchange.reply().withMoreData(2));

  /** A byte count that does not fit the data that follow. */
  Fault WRONG_BYTE_COUNT = exchange -> exchange.send(exchange.reply().withWrongByteCount());

  /** The right reply, and some of it again. */
  Fault TRAILING_BYTES =
      exchange -> {
        byte[] frame = exchange.encode(exchange.reply());
        exchange.sendRaw(Arrays.copyOf(frame, frame.length + 5));
      };

  /** A reply with one bit flipped in its last data byte, where frames have a checksum. */
  Fault FLIPPED_BIT =
      exchange -> {
        byte[] frame = exchange.encode(exchange.reply());
        frame[frame.length - 5] ^= 1;
        exchange.sendRaw(frame);
      };

  /** Answers, or not. */
  void answer(Exchange exchange) throws IOException;

  /** Answers late. Replies to later requests may overtake it. */
  static Fault late(Duration delay) {
    return exchange -> exchange.sendLater(exchange.reply(), delay);
  }

  /** Keeps the reply back and sends it when the next request has come, before the reply to that. */
  static Fault lateUntilNextRequest() {
    return exchange -> exchange.sendBeforeNext(exchange.reply());
  }

  /** Sends these bytes, whatever was asked. */
  static Fault garbage(byte[] bytes) {
    byte[] copy = bytes.clone();
    return exchange -> exchange.sendRaw(copy);
  }

  /** Refuses with an exception code. */
  static Fault exception(int code) {
    return exchange -> exchange.send(Reply.exception(exchange.request(), code));
  }

  private static void sendHalf(Exchange exchange) throws IOException {
    byte[] frame = exchange.encode(exchange.reply());
    exchange.sendRaw(Arrays.copyOf(frame, frame.length / 2));
  }
}
