// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import io.connectot.core.connection.Clock;
import io.connectot.modbus.transport.frame.ByteStream;
import io.connectot.modbus.transport.frame.Framing;
import io.connectot.modbus.transport.frame.InvalidResponseException;
import io.connectot.modbus.transport.frame.IoDeadline;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.transport.frame.NotSentException;
import io.connectot.modbus.transport.frame.Request;
import io.connectot.modbus.transport.frame.ResponseShape;
import io.connectot.modbus.transport.frame.StrayBytes;
import io.connectot.modbus.transport.frame.WriteRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Frames over a stream of bytes: a TCP connection, TLS, or a serial port. */
final class ByteStreamChannel implements FrameChannel {
  /** Longer than any adapter delays bytes, so that no part of a frame arrives after it. */
  private static final Duration SILENCE = Duration.ofMillis(50);

  private static final Duration PEEK = Duration.ofMillis(1);

  private static final int MAX_DRAINS = 20;

  private final ByteStream stream;
  private final Framing framing;
  private final boolean transactionIds;
  private final boolean bus;
  private final boolean echo;
  private final Clock clock;
  private final StrayBytes stray = new StrayBytes();
  private final byte[] scratch = new byte[Framing.LONGEST_FRAME];
  private final byte[] buffer = new byte[Framing.LONGEST_FRAME];

  private ByteStreamChannel(
      ByteStream stream,
      Framing framing,
      boolean transactionIds,
      boolean bus,
      boolean echo,
      Clock clock) {
    this.transactionIds = transactionIds;
    this.stream = stream;
    this.framing = framing;
    this.bus = bus;
    this.echo = echo;
    this.clock = clock;
  }

  /**
   * A connection to one device or gateway.
   *
   * @param transactionIds whether responses have the transaction identifier of their request
   */
  static ByteStreamChannel connection(
      ByteStream stream, Framing framing, boolean transactionIds, Clock clock) {
    return new ByteStreamChannel(stream, framing, transactionIds, false, false, clock);
  }

  /**
   * A serial port.
   *
   * @param echo whether the line returns every byte sent
   */
  static ByteStreamChannel port(ByteStream stream, Framing framing, boolean echo, Clock clock) {
    return new ByteStreamChannel(stream, framing, false, true, echo, clock);
  }

  @Override
  public byte[] transact(Request request, IoDeadline deadline)
      throws IOException, ModbusExceptionResponse {
    try {
      prepare(request, deadline);
    } catch (IOException e) {
      throw new NotSentException(e);
    }
    byte[] frame = framing.encode(request);
    stream.send(frame, deadline);
    if (echo) {
      takeEcho(frame, deadline);
    }
    int length = framing.receive(stream, request, buffer, deadline, stray);
    if (!hasTransactionIds() && discard(stray, deadline) > 0 && framing == Framing.MBAP) {
      throw new InvalidResponseException("more than one response arrived; one of them may be late");
    }
    return framing.decode(buffer, length, request);
  }

  private void prepare(Request request, IoDeadline deadline) throws IOException {
    if (framing == Framing.MBAP) {
      int unasked = discard(null, deadline);
      if (unasked > 0) {
        // The response may be shifted by them.
        throw new IOException("the device sent " + unasked + " bytes without a request");
      }
    } else {
      discard(stray, deadline);
    }
    if (request instanceof WriteRequest && !bus) {
      refuseClosed();
    }
  }

  /** A write into a connection that the device has closed already would be in doubt. */
  private void refuseClosed() throws IOException {
    int count;
    try {
      count = stream.read(scratch, 0, scratch.length, IoDeadline.in(PEEK, clock));
    } catch (SocketTimeoutException e) {
      return;
    }
    if (framing == Framing.MBAP) {
      throw new IOException("the device sent " + count + " bytes without a request");
    }
    stray.add(scratch, 0, count);
  }

  /**
   * Reads what is there already.
   *
   * @param taken takes it; null to drop it
   * @return the number of bytes
   */
  private int discard(StrayBytes taken, IoDeadline deadline) throws IOException {
    int discarded = 0;
    while (stream.available() > 0) {
      int count = stream.read(scratch, 0, scratch.length, deadline);
      if (taken != null) {
        taken.add(scratch, 0, count);
      }
      discarded += count;
    }
    return discarded;
  }

  private void takeEcho(byte[] sent, IoDeadline deadline) throws IOException {
    Framing.fill(stream, buffer, 0, sent.length, deadline);
    if (!Arrays.equals(sent, 0, sent.length, buffer, 0, sent.length)) {
      throw new InvalidResponseException(
          "the echo differs from the request: the line has no echo, or another sender");
    }
  }

  @Override
  public void drain(CloseGuard.Call call) throws IOException {
    for (int i = 0; i < MAX_DRAINS; i++) {
      call.sleep(SILENCE);
      if (discard(null, IoDeadline.in(SILENCE, clock)) == 0) {
        return;
      }
    }
    throw new InvalidResponseException("the line does not become silent");
  }

  @Override
  public void takeStrayBytes(StrayBytes target) {
    target.addAll(stray);
    stray.reset();
  }

  @Override
  public void listen(Duration duration) throws IOException {
    if (framing == Framing.MBAP) {
      return;
    }
    IoDeadline deadline = IoDeadline.in(duration, clock);
    try {
      while (true) {
        stray.add(scratch, 0, stream.read(scratch, 0, scratch.length, deadline));
      }
    } catch (SocketTimeoutException e) {
      // What came while the thread was delayed counts too.
      discard(stray, IoDeadline.in(SILENCE, clock));
    }
  }

  @Override
  public List<ResponseShape> responses(StrayBytes bytes) {
    return framing.responses(bytes.bytes());
  }

  @Override
  public boolean hasTransactionIds() {
    return transactionIds;
  }

  @Override
  public boolean reusableAfterFailure() {
    return bus;
  }

  @Override
  public boolean isOpen() {
    return stream.isOpen();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
