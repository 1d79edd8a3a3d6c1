// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.ads.AdsSymbols;
import io.connectot.plc4x.adapter.cip.CipTags;
import io.connectot.plc4x.value.PlcType;
import java.util.Locale;
import java.util.Map;
import org.apache.plc4x.java.abeth.tag.AbEthTagHandler;
import org.apache.plc4x.java.ads.tag.AdsTagHandler;
import org.apache.plc4x.java.api.PlcDriver;
import org.apache.plc4x.java.api.exceptions.PlcNotImplementedException;
import org.apache.plc4x.java.api.model.PlcTag;
import org.apache.plc4x.java.api.types.PlcValueType;
import org.apache.plc4x.java.knxnetip.tag.KnxNetIpTagHandler;
import org.apache.plc4x.java.modbus.base.tag.ModbusTagHandler;
import org.apache.plc4x.java.opcua.tag.OpcuaPlcTagHandler;
import org.apache.plc4x.java.s7.readwrite.tag.S7Tag;
import org.apache.plc4x.java.simulated.tag.SimulatedTagHandler;
import org.apache.plc4x.java.spi.connection.PlcTagHandler;

/**
 * Parses addresses without a connection. Uses the tag handlers of the drivers' connections, because
 * {@code PlcDriver.prepareTag} does not support all address forms.
 */
final class AddressParsers {
  private static final Map<String, PlcTagHandler> HANDLERS =
      Map.ofEntries(
          Map.entry("ab-eth", new AbEthTagHandler()),
          Map.entry("ads", new AdsTagHandler()),
          Map.entry("knxnet-ip", new KnxNetIpTagHandler()),
          Map.entry("modbus-ascii", new ModbusTagHandler()),
          Map.entry("modbus-rtu", new ModbusTagHandler()),
          Map.entry("modbus-tcp", new ModbusTagHandler()),
          Map.entry("opcua", new OpcuaPlcTagHandler()),
          Map.entry("s7", new org.apache.plc4x.java.s7.readwrite.tag.S7PlcTagHandler()),
          Map.entry("s7-light", new org.apache.plc4x.java.s7light.readwrite.tag.S7PlcTagHandler()),
          Map.entry("simulated", new SimulatedTagHandler()));

  private AddressParsers() {}

  static PlcAddress parse(PlcDriver driver, String address) throws LineException {
    if (driver.getProtocolCode().equals("eip") || driver.getProtocolCode().equals("logix")) {
      return CipTags.parse(address);
    }
    if (driver.getProtocolCode().equals("ads") && AdsSymbols.isElement(address)) {
      return new PlcAddress(address, PlcType.UNKNOWN, false, null);
    }
    PlcTag tag;
    try {
      PlcTagHandler handler = HANDLERS.get(driver.getProtocolCode());
      tag = handler == null ? driver.prepareTag(address) : handler.parseTag(address);
    } catch (PlcNotImplementedException e) {
      // A driver that is not shipped and parses addresses on its connections only.
      return new PlcAddress(address, PlcType.UNKNOWN, false, null);
    } catch (RuntimeException e) {
      throw refused(driver, address, e);
    }
    if (tag == null) {
      throw refused(driver, address, null);
    }
    return of(address, tag);
  }

  static PlcAddress of(String address, PlcTag tag) {
    boolean array;
    try {
      array = tag.getArrayInfo() != null && !tag.getArrayInfo().isEmpty();
    } catch (RuntimeException e) {
      array = false;
    }
    return new PlcAddress(address, typeOf(tag), array, tag);
  }

  private static PlcType typeOf(PlcTag tag) {
    try {
      return type(tag.getPlcValueType());
    } catch (RuntimeException e) {
      // Some drivers throw for types of their own tags; S7 does for short type names.
      String name = tag instanceof S7Tag s7 ? s7.getPlcDataType() : "";
      return switch (name) {
        case "TOD" -> PlcType.TIME_OF_DAY;
        case "LTOD" -> PlcType.LTIME_OF_DAY;
        case "DT" -> PlcType.DATE_AND_TIME;
        default -> PlcType.UNKNOWN;
      };
    }
  }

  static PlcType type(PlcValueType type) {
    if (type == null) {
      return PlcType.UNKNOWN;
    }
    return switch (type) {
      case NULL -> PlcType.UNKNOWN;
      case Struct -> PlcType.STRUCT;
      case List -> PlcType.LIST;
      default -> PlcType.valueOf(type.name().toUpperCase(Locale.ROOT));
    };
  }

  private static LineException refused(PlcDriver driver, String address, RuntimeException cause) {
    String why = cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    return new LineException(
        "the driver "
            + driver.getProtocolCode()
            + " does not understand the address '"
            + address
            + "'"
            + (why.equals(" (" + address + ")") ? "" : why)
            + "; see the address syntax on PLC4X's page of the driver"
            + AddressExamples.of(driver.getProtocolCode()));
  }
}
