// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import com.ghgande.j2mod.modbus.Modbus;
import com.ghgande.j2mod.modbus.net.AbstractSerialConnection;
import com.ghgande.j2mod.modbus.net.SerialConnection;
import com.ghgande.j2mod.modbus.util.SerialParameters;
import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusTransport;
import java.io.IOException;
import java.time.Duration;

/** Opens a serial port of this machine: Modbus over Serial Line V1.02. */
final class SerialOpener implements ChannelOpener {
  private final ModbusEndpoint.Serial line;
  private final Framing framing;

  SerialOpener(ModbusEndpoint.Serial line) {
    this.line = line;
    this.framing = line.transport() == ModbusTransport.ASCII_SERIAL ? Framing.ASCII : Framing.RTU;
  }

  @Override
  public Channel open(CloseGuard.Call call) throws ProtocolException, LinkClosedException {
    SerialConnection connection = null;
    try {
      connection = new SerialConnection(parameters());
      connection.open();
      GuardedSerialPort port = new GuardedSerialPort(connection, framing == Framing.ASCII);
      Channel channel = new SerialChannel(port, framing, line.echo());
      call.hold(channel);
      return channel;
    } catch (LinkClosedException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (connection != null) {
        connection.close();
      }
      throw unavailable(ProtocolException.Kind.TRANSIENT, e);
    } catch (LinkageError e) {
      throw unavailable(ProtocolException.Kind.CONFIGURATION, e);
    }
  }

  private ProtocolException unavailable(ProtocolException.Kind kind, Throwable cause) {
    return new ProtocolException(
        kind,
        ProtocolException.Scope.CONNECTION,
        "PORT_UNAVAILABLE",
        endpoint()
            + ": the serial port cannot be opened: "
            + cause.getMessage()
            + "; check its name, the worker's permission, and that nobody else uses it",
        cause);
  }

  private SerialParameters parameters() {
    SerialParameters parameters = new SerialParameters();
    parameters.setPortName(line.device());
    parameters.setBaudRate(line.baudRate());
    parameters.setDatabits(line.dataBits());
    parameters.setStopbits(
        line.stopBits() == 2
            ? AbstractSerialConnection.TWO_STOP_BITS
            : AbstractSerialConnection.ONE_STOP_BIT);
    parameters.setParity(
        switch (line.parity()) {
          case NONE -> AbstractSerialConnection.NO_PARITY;
          case EVEN -> AbstractSerialConnection.EVEN_PARITY;
          case ODD -> AbstractSerialConnection.ODD_PARITY;
        });
    parameters.setEncoding(
        framing == Framing.ASCII ? Modbus.SERIAL_ENCODING_ASCII : Modbus.SERIAL_ENCODING_RTU);
    ModbusEndpoint.Rs485 rs485 = line.rs485();
    parameters.setRs485Mode(rs485.enabled());
    parameters.setRs485TxEnableActiveHigh(rs485.rtsActiveHigh());
    parameters.setRs485DelayBeforeTxMicroseconds(micros(rs485.delayBeforeSend()));
    parameters.setRs485DelayAfterTxMicroseconds(micros(rs485.delayAfterSend()));
    return parameters;
  }

  private static int micros(Duration duration) {
    return Math.toIntExact(duration.toNanos() / 1000);
  }

  /**
   * The silence between two frames, 3.5 characters of 11 bits, and 1.75 ms above 19200 baud: Modbus
   * over Serial Line V1.02 §2.5.1.1.
   */
  static Duration silence(int baudRate) {
    return baudRate > 19200
        ? Duration.ofNanos(1_750_000)
        : Duration.ofNanos(38_500_000_000L / baudRate);
  }

  @Override
  public String endpoint() {
    return line.url();
  }

  @Override
  public Framing framing() {
    return framing;
  }
}
