// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import java.time.Duration;

/**
 * The endpoint of a Modbus connection. Immutable; equal for the same line with the same settings.
 */
public sealed interface ModbusEndpoint {

  /** The transport of frames. */
  ModbusTransport transport();

  /** The connection as a URL without parameters, e.g. {@code tcp://10.0.0.5:502}. */
  String url();

  /**
   * A connection over the network.
   *
   * @param transport any but a serial one
   * @param host a name or an address, IPv6 without brackets
   * @param port 1 to 65535
   */
  record Network(ModbusTransport transport, String host, int port) implements ModbusEndpoint {
    public Network {
      if (transport.isSerial()) {
        throw new IllegalArgumentException(transport + " is no network transport");
      }
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("port must be 1 to 65535, but is " + port);
      }
    }

    @Override
    public String url() {
      String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      return transport.scheme() + "://" + literal + ":" + port;
    }
  }

  /**
   * A serial line of this machine.
   *
   * @param transport a serial one
   * @param device the port, e.g. {@code /dev/ttyUSB0} or {@code COM3}
   * @param baudRate bits per second
   * @param dataBits 7 or 8; RTU needs 8
   * @param parity the parity bit
   * @param stopBits 1 or 2
   * @param rs485 how the direction of the line is switched
   * @param echo whether the line returns every byte sent, which is then read and dropped
   */
  record Serial(
      ModbusTransport transport,
      String device,
      int baudRate,
      int dataBits,
      Parity parity,
      int stopBits,
      Rs485 rs485,
      boolean echo)
      implements ModbusEndpoint {
    public Serial {
      if (!transport.isSerial()) {
        throw new IllegalArgumentException(transport + " is no serial transport");
      }
    }

    @Override
    public String url() {
      return transport.scheme() + "://" + device;
    }
  }

  /** The parity bit of a serial line. */
  enum Parity {
    NONE,
    EVEN,
    ODD
  }

  /**
   * How the port's driver switches the direction of an RS-485 line.
   *
   * @param enabled false for RS-232, or for an adapter that switches by itself
   * @param rtsActiveHigh whether RTS is high while sending
   * @param delayBeforeSend from raising RTS to the first bit
   * @param delayAfterSend from the last bit to dropping RTS
   */
  record Rs485(
      boolean enabled, boolean rtsActiveHigh, Duration delayBeforeSend, Duration delayAfterSend) {
    /** No switching. */
    public static final Rs485 OFF = new Rs485(false, true, Duration.ZERO, Duration.ZERO);
  }
}
