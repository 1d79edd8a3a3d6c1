// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.PlcAddress;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Configurations that do not work with PLC4X 0.13.1, and their replacements. With them, drivers do
 * not answer or return values of other devices.
 */
final class DriverRules {
  /** S7 multi-variable reads have at most 20 items; some PLCs do not answer larger requests. */
  static final int S7_MAX_TAGS = 20;

  private static final int ETHERNET_IP_PORT = 44_818;

  private static final String BIG_ENDIAN = "big-endian";
  private static final String OPTIMIZER = "enable-block-read-optimizer";
  private static final Pattern ADS_MEMORY_ARRAY = Pattern.compile("[0-9a-fA-FxX]+/[^:]*:.*]");
  private static final Pattern S7_TIMER_OR_COUNTER = Pattern.compile("%[TCZ][XBWD]?\\d.*");
  private static final Pattern MODBUS_BITS =
      Pattern.compile("(?:coil|discrete-input):.*|[01]x?\\d.*");
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

  /** Why a driver is not shipped, to append to a message; empty when unknown. */
  static String whyNotShipped(String driver) {
    String why = NOT_SHIPPED.get(driver);
    return why == null ? "" : ", " + why;
  }

  /** Replaces a connection string that does not work by one that does. */
  static ConnectionString workingFor(ConnectionString url) throws LineException {
    if (url.driver().equals("modbus-ascii")) {
      throw new LineException(
          "the driver modbus-ascii of PLC4X 0.13.1 fails on every connection string; use the"
              + " connector io.connectot.modbus.ModbusSourceConnector");
    }
    if (url.driver().equals("eip")) {
      return ethernetIp(url);
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
              + ": fails all tags of a request when one does not exist; leave it out: this"
              + " connector merges reads itself");
    }
    return url;
  }

  /**
   * The driver declares a default port but does not apply it, and refuses devices in the byte order
   * that the protocol prescribes unless it is told.
   */
  private static ConnectionString ethernetIp(ConnectionString url) {
    boolean hasPort = !url.address().matches("[A-Za-z0-9.-]+");
    ConnectionString reachable = hasPort ? url : url.at(url.address() + ":" + ETHERNET_IP_PORT);
    return url.parameters().containsKey(BIG_ENDIAN)
        ? reachable
        : reachable.with(BIG_ENDIAN, "false");
  }

  /**
   * The most addresses in one request of a driver. The driver ads takes the value behind a
   * structure, or behind a tag that has none, from the wrong bytes of the response, so that each
   * tag is read alone.
   */
  static int maxTags(String driver, int configured) {
    return driver.equals("ads") ? 1 : configured;
  }

  /** Rejects addresses that the driver reads incorrectly. */
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
    if (driver.startsWith("s7") && S7_TIMER_OR_COUNTER.matcher(address).matches()) {
      throw new LineException(
          "timers and counters are not read: the driver "
              + driver
              + " sends no request for them. Copy them to a data block or to bit memory in the"
              + " program, and read that, e.g. %DB1:0:S5TIME or %MW10:WORD");
    }
    if (driver.equals("ads") && ADS_MEMORY_ARRAY.matcher(address).matches()) {
      throw new LineException(
          "the driver ads fails at arrays at an index group and offset; read the symbol of the"
              + " array, e.g. MAIN.values, or its elements one by one");
    }
  }

  /** Rejects types that the driver reads incorrectly, or not at all. */
  static void checkType(String driver, PlcAddress address) throws LineException {
    if (!driver.startsWith("modbus-")) {
      return;
    }
    String refusal =
        switch (address.type()) {
          case BOOL ->
              address.array() && MODBUS_BITS.matcher(address.text()).matches()
                  ? "the driver " + driver + " returns one bit in place of an array of them"
                  : null;
          case BYTE ->
              address.array() ? "the driver " + driver + " returns bits in place of bytes" : null;
          case STRING,
              WSTRING,
              TIME,
              LTIME,
              DATE,
              LDATE,
              TIME_OF_DAY,
              LTIME_OF_DAY,
              DATE_AND_TIME,
              DATE_AND_LTIME,
              LDATE_AND_TIME ->
              "the driver " + driver + " returns no values of type " + address.type();
          default -> null;
        };
    if (refusal != null) {
      throw new LineException(
          refusal + "; use the connector io.connectot.modbus.ModbusSourceConnector, which does");
    }
  }

  /** Rejects request sizes that devices do not answer. */
  static void checkMaxTags(String driver, int maxTags) throws LineException {
    if (driver.startsWith("s7") && maxTags > S7_MAX_TAGS) {
      throw new LineException(
          "the driver "
              + driver
              + " gets no response to more than "
              + S7_MAX_TAGS
              + " tags in a request from some PLCs; set "
              + Plc4xConfig.MAX_TAGS_PER_REQUEST
              + " to "
              + S7_MAX_TAGS
              + " or less");
    }
  }
}
