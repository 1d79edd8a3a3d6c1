// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import com.ghgande.j2mod.modbus.io.AbstractModbusTransport;
import com.ghgande.j2mod.modbus.net.AbstractSerialConnection;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The serial port under the library's serial transports: ends every read at the deadline of the
 * request or when the link is closed, and keeps the bytes of the reply as they arrived. Looks for
 * bytes instead of waiting in the driver, where neither could end the wait on every platform. For
 * the owner's thread, but {@link #close}.
 */
final class GuardedSerialPort extends AbstractSerialConnection implements Closeable {
  // Below one character at 19200 baud, and rarely enough not to keep a processor busy.
  private static final long LOOK_INTERVAL_NANOS = 500_000;

  private final AbstractSerialConnection port;
  private final boolean lineWise;
  private final byte[] received = new byte[ReplyTap.CAPACITY];
  private final byte[] sent = new byte[ReplyTap.CAPACITY];
  private int receivedLength;
  private int sentLength;
  private Deadline deadline;
  private IOException failure;
  private volatile boolean closed;

  /**
   * @param port the port itself
   * @param lineWise whether to send when a line is complete: the library writes ASCII frames
   *     character by character, which would switch an RS-485 line's direction each time
   */
  GuardedSerialPort(AbstractSerialConnection port, boolean lineWise) {
    this.port = port;
    this.lineWise = lineWise;
  }

  /** Starts a request. */
  void begin(Deadline newDeadline) {
    deadline = newDeadline;
    failure = null;
    sentLength = 0;
    receivedLength = 0;
  }

  /** What arrived since {@link #begin} or {@link #takeEcho}. */
  byte[] received() {
    return received;
  }

  int receivedLength() {
    return receivedLength;
  }

  /** What ended the exchange early; null when nothing did. */
  IOException failure() {
    return failure;
  }

  /** Reads back what was sent, on lines where the receiver hears the sender. */
  void takeEcho() throws IOException {
    byte[] echo = new byte[sentLength];
    receivedLength = 0;
    if (readBytes(echo, sentLength) != sentLength) {
      throw failure != null ? failure : new BadReplyException("the line returned no echo");
    }
    if (!Arrays.equals(echo, Arrays.copyOf(sent, sentLength))) {
      throw new BadReplyException("the echo is not what was sent: another sender is on the line");
    }
    receivedLength = 0;
  }

  /** Throws away what is there without waiting for more. */
  int discardAvailable() throws IOException {
    int discarded = 0;
    for (int available = port.bytesAvailable(); available != 0; available = port.bytesAvailable()) {
      if (available < 0 || closed) {
        throw new IOException("the serial port is gone");
      }
      byte[] rest = new byte[Math.min(available, ReplyTap.CAPACITY)];
      discarded += Math.max(0, port.readBytes(rest, rest.length));
    }
    return discarded;
  }

  @Override
  public int readBytes(byte[] target, int wanted) {
    int count = 0;
    try {
      while (count < wanted) {
        int available = port.bytesAvailable();
        if (available < 0 || closed) {
          throw new IOException("the serial port is gone");
        }
        if (available == 0) {
          deadline.remainingMillis();
          LockSupport.parkNanos(LOOK_INTERVAL_NANOS);
          continue;
        }
        byte[] chunk = new byte[Math.min(available, wanted - count)];
        int read = port.readBytes(chunk, chunk.length);
        if (read < 0) {
          throw new IOException("the serial port is gone");
        }
        if (receivedLength + read > received.length) {
          throw new BadReplyException("more than " + received.length + " bytes arrived");
        }
        System.arraycopy(chunk, 0, target, count, read);
        System.arraycopy(chunk, 0, received, receivedLength, read);
        receivedLength += read;
        count += read;
        if (count < wanted) {
          deadline.remainingMillis();
        }
      }
    } catch (SocketTimeoutException e) {
      failure = e;
    } catch (IOException e) {
      failure = e;
    }
    return count;
  }

  @Override
  public int writeBytes(byte[] bytes, int count) {
    if (sentLength + count > sent.length) {
      failure = new IOException("the request is too long");
      return -1;
    }
    System.arraycopy(bytes, 0, sent, sentLength, count);
    sentLength += count;
    if (lineWise && sent[sentLength - 1] != '\n') {
      return count;
    }
    if (closed || port.writeBytes(sent, sentLength) != sentLength) {
      failure = new IOException("the serial port did not take the request");
      return -1;
    }
    return count;
  }

  @Override
  public int bytesAvailable() {
    return Math.max(0, port.bytesAvailable());
  }

  @Override
  public void open() {
    // The opener opened it; the library must not open it again behind our back.
  }

  @Override
  public boolean isOpen() {
    return !closed && port.isOpen();
  }

  @Override
  public void close() {
    closed = true;
    port.close();
  }

  @Override
  public AbstractModbusTransport getModbusTransport() {
    return null;
  }

  @Override
  public int getBaudRate() {
    return port.getBaudRate();
  }

  @Override
  public int getNumDataBits() {
    return port.getNumDataBits();
  }

  @Override
  public int getNumStopBits() {
    return port.getNumStopBits();
  }

  @Override
  public int getParity() {
    return port.getParity();
  }

  @Override
  public String getPortName() {
    return port.getPortName();
  }

  @Override
  public String getDescriptivePortName() {
    return port.getDescriptivePortName();
  }

  @Override
  public void setComPortTimeouts(int mode, int readTimeout, int writeTimeout) {
    // The deadline of the request governs.
  }

  @Override
  public int getTimeout() {
    return port.getTimeout();
  }

  @Override
  public void setTimeout(int timeout) {
    // The deadline of the request governs.
  }

  @Override
  public Set<String> getCommPorts() {
    return port.getCommPorts();
  }
}
