// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.support;

import io.connectot.plc4x.adapter.DriverConnection.PreparedRead;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.model.PlcTag;
import org.apache.plc4x.java.api.value.PlcValue;

/** What the connections of one driver need beyond the interface of PLC4X. */
public interface DriverSupport {
  /** The support of drivers that need none. */
  DriverSupport NONE = new DriverSupport() {};

  /** The support of a driver, by its code. */
  static DriverSupport of(String driver) {
    return switch (driver) {
      case "ads" -> new AdsSupport();
      case "eip", "logix" -> new EipSupport();
      case "modbus-tcp" -> new ModbusSupport();
      case "s7-light" -> new S7Support();
      default -> NONE;
    };
  }

  /** Called when the connection is open, by its owner. */
  default void opened(PlcConnection connection) throws DriverException {}

  /**
   * Prepares a read.
   *
   * @param plain reads by the driver alone
   */
  default PreparedRead prepare(List<PlcAddress> addresses, PreparedRead plain) {
    return plain;
  }

  /** What the driver is asked for to get the value of an address. */
  default Target target(PlcAddress address, boolean subscription) {
    return new Target(ResponseCode.OK, address.parsed());
  }

  /** What can be written to an address; called when the connection is open. */
  default TagShape shape(PlcAddress address) {
    return TagShapes.of(address);
  }

  /**
   * What the driver is given to write a value.
   *
   * @throws UnwritableValueException when the address cannot hold the value
   */
  default Write write(PlcAddress address, RawValue value) throws UnwritableValueException {
    return new Write((PlcTag) address.parsed(), PlcValues.of(value));
  }

  /**
   * The response code of a write.
   *
   * @param drivers the code of the driver
   */
  default ResponseCode written(ResponseCode drivers) throws DriverException {
    return drivers;
  }

  /**
   * What the driver is given to write.
   *
   * @param beforeSending called each time before it is sent
   */
  record Write(PlcTag tag, PlcValue value, Runnable beforeSending) {
    /** A write before which nothing is called. */
    Write(PlcTag tag, PlcValue value) {
      this(tag, value, () -> {});
    }
  }

  /**
   * What the driver is asked for.
   *
   * @param code other than OK when the driver is not asked
   * @param tag the driver's own object; null for the text of the address
   */
  record Target(ResponseCode code, Object tag) {}

  /**
   * Whether the addresses still mean what they meant when the connection was opened.
   *
   * @param reader reads an address by the driver
   */
  default boolean isCurrent(Reader reader, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    return true;
  }

  /** Prepares reads of single addresses. */
  @FunctionalInterface
  interface Reader {
    PreparedRead of(String address) throws DriverException;
  }
}
