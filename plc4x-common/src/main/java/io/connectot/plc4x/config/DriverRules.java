// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.spi.LineException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is known not to work with PLC4X 0.13.1, and what to use instead. Drivers answer such
 * configurations with silence, with values of other devices, or not at all.
 */
final class DriverRules {
  /** Multi-variable reads of S7 take 20 items: more are not answered by some PLCs. */
  static final int S7_MAX_TAGS = 20;

  private static final int ETHERNET_IP_PORT = 44_818;

  private static final String OPTIMIZER = "enable-block-read-optimizer";
  private static final Pattern UNIT_ID = Pattern.compile("[{,]\\s*[\"']?unit-id[\"']?\\s*:");

  private static final Map<String, String> NOT_SHIPPED =
      Map.of(
          "bacnet-ip", "which cannot talk to a live device in PLC4X 0.13.1",
          "iec-60870-5-104", "which PLC4X 0.13.1 was released without",
          "c-bus", "which PLC4X 0.13.1 was released without",
          "open-protocol", "which PLC4X 0.13.1 was released without",
          "profinet", "which needs raw sockets",
          "plc4x", "which PLC4X 0.13.1 was released without",
          "canopen", "which needs a CAN interface of Linux",
          "genericcan", "which needs a CAN interface of Linux",
          "firmata", "which is a demonstration only");

  private DriverRules() {}

  /** What is to be said about a driver that is not there; empty for nothing. */
  static String whyNotShipped(String driver) {
    String why = NOT_SHIPPED.get(driver);
    return why == null ? "" : ", " + why;
  }

  /** A connection string that works, in place of one that would not. */
  static ConnectionString workingFor(ConnectionString url) throws LineException {
    if (url.driver().equals("modbus-ascii")) {
      throw new LineException(
          "the driver modbus-ascii of PLC4X 0.13.1 fails on every connection string; use the"
              + " connector io.connectot.modbus.ModbusSourceConnector");
    }
    if (url.driver().equals("eip") && url.address().matches("[A-Za-z0-9.-]+")) {
      // The driver says that it has a default port, and has none.
      return url.at(url.address() + ":" + ETHERNET_IP_PORT);
    }
    if (!url.driver().equals("s7-light")) {
      return url;
    }
    String optimizer = url.parameters().get(OPTIMIZER);
    if (optimizer == null) {
      return url.with(OPTIMIZER, "false");
    }
    if (!optimizer.equals("false")) {
      throw new LineException(
          OPTIMIZER
              + "="
              + optimizer
              + ": fails every tag of a request when one is not there; leave it out: this connector"
              + " puts reads together itself");
    }
    return url;
  }

  /** Refuses what cannot be read rightly. */
  static void checkAddress(String driver, String address) throws LineException {
    if (driver.startsWith("modbus-") && UNIT_ID.matcher(address).find()) {
      throw new LineException(
          "unit-id is ignored by the driver "
              + driver
              + " when it reads, so the values would be another device's; use a device line of its"
              + " own with ?default-unit-identifier=, or the connector"
              + " io.connectot.modbus.ModbusSourceConnector, which reads many units over one"
              + " connection");
    }
  }

  /** Refuses requests that a device does not answer. */
  static void checkMaxTags(String driver, int maxTags) throws LineException {
    if (driver.startsWith("s7") && maxTags > S7_MAX_TAGS) {
      throw new LineException(
          "the driver "
              + driver
              + " gets no answer to more than "
              + S7_MAX_TAGS
              + " tags in a request from some PLCs; set "
              + Plc4xConfig.MAX_TAGS_PER_REQUEST
              + " to "
              + S7_MAX_TAGS
              + " or less");
    }
  }
}
