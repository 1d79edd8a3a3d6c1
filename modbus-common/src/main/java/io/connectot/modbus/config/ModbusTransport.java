// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

/** The transports of Modbus frames, named by the scheme of device URLs. */
public enum ModbusTransport {
  /** MBAP over TCP: Modbus Messaging on TCP/IP Implementation Guide V1.0b. */
  TCP("tcp", 502),
  /** MBAP over TLS: MODBUS/TCP Security V2.1. */
  TLS("tls", 802),
  /** MBAP over UDP: not standardized, but common. */
  UDP("udp", 502),
  /** RTU frames with CRC over TCP, as forwarded by serial device servers. */
  RTU_TCP("rtutcp", 502),
  /** RTU over a serial line: Modbus over Serial Line V1.02 §2.5.1. */
  RTU_SERIAL("rtu", -1),
  /** ASCII over a serial line: Modbus over Serial Line V1.02 §2.5.2. */
  ASCII_SERIAL("ascii", -1);

  private final String scheme;
  private final int defaultPort;

  ModbusTransport(String scheme, int defaultPort) {
    this.scheme = scheme;
    this.defaultPort = defaultPort;
  }

  /** The scheme of URLs. */
  public String scheme() {
    return scheme;
  }

  /** The default port; -1 for serial lines. */
  public int defaultPort() {
    return defaultPort;
  }

  /** Whether it is a serial line of this machine. */
  public boolean isSerial() {
    return this == RTU_SERIAL || this == ASCII_SERIAL;
  }
}
