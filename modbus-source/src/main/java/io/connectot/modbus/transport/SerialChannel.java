// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.ModbusASCIITransport;
import com.ghgande.j2mod.modbus.io.ModbusRTUTransport;
import com.ghgande.j2mod.modbus.io.ModbusSerialTransport;
import java.io.IOException;
import java.time.Duration;

/** The library's serial transports over a port of ours. */
final class SerialChannel implements Channel {
  /** Longer than any adapter holds back bytes, so that a frame cannot hide in it. */
  private static final Duration SILENCE = Duration.ofMillis(50);

  private static final int MAX_DRAINS = 20;

  private final GuardedSerialPort port;
  private final Framing framing;
  private final boolean echo;
  private final ModbusSerialTransport transport;

  SerialChannel(GuardedSerialPort port, Framing framing, boolean echo) throws IOException {
    this.port = port;
    this.framing = framing;
    this.echo = echo;
    this.transport =
        framing == Framing.ASCII ? new ModbusASCIITransport() : new ModbusRTUTransport();
    transport.setCommPort(port);
  }

  @Override
  public byte[] exchange(ReadRequest request, Deadline deadline)
      throws IOException, ModbusExceptionReply {
    port.discardAvailable();
    port.begin(deadline);
    try {
      transport.writeRequest(request.toMessage());
    } catch (ModbusIOException | RuntimeException e) {
      throw port.failure() != null ? port.failure() : new IOException(e.getMessage(), e);
    }
    if (port.failure() != null) {
      throw port.failure();
    }
    if (echo) {
      port.takeEcho();
    }
    try {
      transport.readResponse();
    } catch (ModbusIOException | RuntimeException e) {
      if (port.failure() != null) {
        throw port.failure();
      }
      throw new BadReplyException(
          "no Modbus frame in " + port.receivedLength() + " bytes: " + e.getMessage());
    }
    return framing.unwrap(port.received(), port.receivedLength(), request);
  }

  @Override
  public void drain(CloseGuard.Call call) throws IOException {
    for (int i = 0; i < MAX_DRAINS; i++) {
      call.sleep(SILENCE);
      if (port.discardAvailable() == 0) {
        return;
      }
    }
    throw new BadReplyException("the line does not fall silent");
  }

  @Override
  public boolean survivesFailure() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return port.isOpen();
  }

  @Override
  public void close() {
    port.close();
  }
}
