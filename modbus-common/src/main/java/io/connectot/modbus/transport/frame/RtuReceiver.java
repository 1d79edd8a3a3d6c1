// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

import java.io.IOException;
import java.net.SocketTimeoutException;

/**
 * Finds the response to a request among the bytes that arrive on an RTU line. RTU frames have
 * neither a start nor a length of their own; a response is recognized by unit, function, byte count
 * and CRC. For one request.
 */
final class RtuReceiver {
  private static final int HEADER = 3;
  private static final int EXCEPTION = 5;

  private final ByteStream line;
  private final Request request;
  private final byte[] buffer;
  private final StrayBytes stray;
  private int length;

  /** The first complete header that is not that of the response. */
  private InvalidResponseException other;

  RtuReceiver(ByteStream line, Request request, byte[] buffer, StrayBytes stray) {
    this.line = line;
    this.request = request;
    this.buffer = buffer;
    this.stray = stray;
  }

  /**
   * Reads until the response is complete and moves it to the start of the buffer.
   *
   * @return its length
   * @throws SocketTimeoutException when nothing but the beginning of a response came
   * @throws InvalidResponseException when other bytes than the response came
   */
  int receive(IoDeadline deadline) throws IOException {
    while (true) {
      try {
        length += line.read(buffer, length, buffer.length - length, deadline);
      } catch (SocketTimeoutException e) {
        stray.add(buffer, 0, length);
        throw invalid() ? other : e;
      }
      for (int start = 0; start + EXCEPTION <= length; start++) {
        int frame = responseAt(start);
        if (frame > 0) {
          stray.add(buffer, 0, start);
          stray.add(buffer, start + frame, length - start - frame);
          System.arraycopy(buffer, start, buffer, 0, frame);
          return frame;
        }
      }
      makeRoom();
    }
  }

  /** The length of the response that starts here; 0 when there is none, or not yet all of it. */
  private int responseAt(int start) {
    int frame;
    try {
      frame = expectedLength(start);
    } catch (InvalidResponseException e) {
      return 0;
    }
    return start + frame <= length && Framing.crcMatches(buffer, start, frame) ? frame : 0;
  }

  private int expectedLength(int start) throws InvalidResponseException {
    if (Framing.isException(buffer, start, request)) {
      return EXCEPTION;
    }
    return request.responseLength(buffer, start, length - start) + 2;
  }

  /** Whether what came cannot become the response; then {@link #other} says why. */
  private boolean invalid() {
    if (length < HEADER) {
      return false;
    }
    try {
      int frame = expectedLength(0);
      if (length >= frame) {
        other = new InvalidResponseException("the CRC of " + frame + " bytes does not match");
      }
    } catch (InvalidResponseException e) {
      other = e;
    }
    return other != null;
  }

  /** Drops the older half of a full buffer: a response fits into the rest. */
  private void makeRoom() {
    if (length == buffer.length) {
      int half = length / 2;
      stray.add(buffer, 0, half);
      length -= half;
      System.arraycopy(buffer, half, buffer, 0, length);
    }
  }
}
