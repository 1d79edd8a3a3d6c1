// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

import java.util.Map;

/** Example addresses of each driver, for messages. */
final class AddressExamples {
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("ab-eth", "N7:10:INTEGER[1]"),
          Map.entry("ads", "MAIN.temperature or 0x4020/0:REAL"),
          Map.entry("eip", "Temperature:REAL"),
          Map.entry("knxnet-ip", "1/2/3"),
          Map.entry("logix", "Temperature:REAL"),
          Map.entry("modbus-ascii", "holding-register:1:REAL"),
          Map.entry("modbus-rtu", "holding-register:1:REAL"),
          Map.entry("modbus-tcp", "holding-register:1:REAL"),
          Map.entry("opcua", "ns=2;i=10"),
          Map.entry("s7", "%DB1.DBD0:REAL or %MW10:INT"),
          Map.entry("s7-light", "%DB1.DBD0:REAL or %MW10:INT"),
          Map.entry("simulated", "RANDOM/temperature:REAL"));

  private AddressExamples() {}

  /** {@code , e.g. …} to append to a message; empty for drivers that are not shipped. */
  static String of(String driver) {
    String example = EXAMPLES.get(driver);
    return example == null ? "" : ", e.g. " + example;
  }
}
