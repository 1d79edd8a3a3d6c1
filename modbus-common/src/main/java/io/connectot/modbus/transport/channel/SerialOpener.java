// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.channel;

import com.fazecast.jSerialComm.SerialPort;
import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.transport.frame.Framing;
import java.io.IOException;
import java.time.Duration;

/** Opens a serial port of this machine: Modbus over Serial Line V1.02. */
public final class SerialOpener implements ChannelOpener {
  private final ModbusEndpoint.Serial line;
  private final Framing framing;
  private final Clock clock;

  public SerialOpener(ModbusEndpoint.Serial line, Clock clock) {
    this.line = line;
    this.clock = clock;
    this.framing = line.transport() == ModbusTransport.ASCII_SERIAL ? Framing.ASCII : Framing.RTU;
  }

  @Override
  public FrameChannel open(CloseGuard.Call call)
      throws ProtocolException, ConnectionClosedException {
    SerialPort port;
    try {
      port = SerialPort.getCommPort(line.device());
      configure(port);
      if (!port.openPort(0)) {
        throw new IOException("error " + port.getLastErrorCode() + " of the operating system");
      }
    } catch (IOException | RuntimeException e) {
      throw unavailable(ProtocolException.Kind.TRANSIENT, e);
    } catch (LinkageError e) {
      // The native library does not run on this platform.
      throw unavailable(ProtocolException.Kind.CONFIGURATION, e);
    }
    FrameChannel channel =
        ByteStreamChannel.port(new SerialByteStream(port), framing, line.echo(), clock);
    call.hold(channel);
    return channel;
  }

  private ProtocolException unavailable(ProtocolException.Kind kind, Throwable cause) {
    return new ProtocolException(
        kind,
        ProtocolException.Scope.CONNECTION,
        "PORT_UNAVAILABLE",
        endpoint()
            + ": the serial port cannot be opened: "
            + cause.getMessage()
            + "; check its name, the worker's permissions, and that no other process uses it",
        cause);
  }

  private void configure(SerialPort port) {
    port.setComPortParameters(
        line.baudRate(),
        line.dataBits(),
        line.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT,
        switch (line.parity()) {
          case NONE -> SerialPort.NO_PARITY;
          case EVEN -> SerialPort.EVEN_PARITY;
          case ODD -> SerialPort.ODD_PARITY;
        });
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
    ModbusEndpoint.Rs485 rs485 = line.rs485();
    if (rs485.enabled()) {
      port.setRs485ModeParameters(
          true,
          rs485.rtsActiveHigh(),
          micros(rs485.delayBeforeSend()),
          micros(rs485.delayAfterSend()));
    }
  }

  private static int micros(Duration duration) {
    return Math.toIntExact(duration.toNanos() / 1000);
  }

  /**
   * The silence between two frames, 3.5 characters of 11 bits, and 1.75 ms above 19200 baud: Modbus
   * over Serial Line V1.02 §2.5.1.1.
   */
  public static Duration silence(int baudRate) {
    return baudRate > 19200
        ? Duration.ofNanos(1_750_000)
        : Duration.ofNanos(38_500_000_000L / baudRate);
  }

  @Override
  public String endpoint() {
    return line.url();
  }
}
