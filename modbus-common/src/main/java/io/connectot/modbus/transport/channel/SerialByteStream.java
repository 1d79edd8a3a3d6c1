// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import com.fazecast.jSerialComm.SerialPort;
import io.connectot.modbus.transport.frame.ByteStream;
import io.connectot.modbus.transport.frame.Framing;
import io.connectot.modbus.transport.frame.IoDeadline;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * A serial port. Polls for bytes instead of blocking in the driver, where neither a deadline nor
 * {@link #close} ends the wait on every platform.
 */
final class SerialByteStream implements ByteStream {
  // Less than one character at 19200 baud, without keeping a processor busy.
  private static final long POLL_INTERVAL_NANOS = 500_000;

  private final SerialPort port;
  private final byte[] chunk = new byte[Framing.LONGEST_FRAME];
  private volatile boolean closed;

  /**
   * @param port open, and in non-blocking mode
   */
  SerialByteStream(SerialPort port) {
    this.port = port;
  }

  @Override
  public void send(byte[] bytes, IoDeadline deadline) throws IOException {
    if (closed || port.writeBytes(bytes, bytes.length) != bytes.length) {
      throw gone();
    }
  }

  @Override
  public int read(byte[] target, int offset, int longest, IoDeadline deadline) throws IOException {
    while (true) {
      int count = take(longest);
      if (count > 0) {
        System.arraycopy(chunk, 0, target, offset, count);
        return count;
      }
      deadline.remainingMillis();
      LockSupport.parkNanos(POLL_INTERVAL_NANOS);
    }
  }

  @Override
  public int available() throws IOException {
    int available = closed ? -1 : port.bytesAvailable();
    if (available < 0) {
      throw gone();
    }
    return available;
  }

  private int take(int longest) throws IOException {
    int available = available();
    int count =
        available == 0
            ? 0
            : port.readBytes(chunk, Math.min(available, Math.min(longest, chunk.length)));
    if (count < 0) {
      throw gone();
    }
    return count;
  }

  /** Closes the port, so that the next attempt opens it again: an adapter may be replugged. */
  private IOException gone() {
    close();
    return new IOException("the serial port is gone");
  }

  @Override
  public boolean isOpen() {
    return !closed && port.isOpen();
  }

  @Override
  public void close() {
    closed = true;
    port.closePort();
  }
}
