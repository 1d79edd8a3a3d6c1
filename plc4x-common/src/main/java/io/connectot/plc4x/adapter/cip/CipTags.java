// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.cip;

import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.DriverConnection.PreparedRead;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverException.Kind;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.util.ArrayList;
import java.util.List;
import org.apache.plc4x.java.api.model.PlcTag;
import org.apache.plc4x.java.eip.base.tag.EipTag;
import org.apache.plc4x.java.eip.readwrite.CIPDataTypeCode;

/** Reads and writes tags by their {@link CipAddress}es. */
public final class CipTags {
  private CipTags() {}

  /**
   * Parses an address.
   *
   * @throws LineException when it is none
   */
  public static PlcAddress parse(String text) throws LineException {
    CipAddress address = CipAddress.parse(text);
    PlcTag tag = new EipTag(address.standIn(), CIPDataTypeCode.DINT, 1);
    return new PlcAddress(text, address.type(), address.isArray(), tag);
  }

  /**
   * Prepares a read.
   *
   * @param exchange the handler of the connection
   * @param plain makes the driver read the addresses
   */
  public static PreparedRead prepare(
      CipExchange exchange, List<PlcAddress> addresses, PreparedRead plain) {
    List<CipAddress> parsed = new ArrayList<>(addresses.size());
    addresses.forEach(address -> parsed.add(parsed(address)));
    return limit -> {
      exchange.take();
      plain.execute(limit);
      List<CipReply> replies = exchange.take();
      List<TagResponse> responses = new ArrayList<>(parsed.size());
      for (int i = 0; i < parsed.size(); i++) {
        responses.add(
            replies.size() == parsed.size()
                ? CipDecoder.decode(parsed.get(i), replies.get(i))
                : new TagResponse(ResponseCode.INTERNAL_ERROR, null));
      }
      return responses;
    };
  }

  /** What can be written to an address. */
  public static TagShape shape(PlcAddress address) {
    CipAddress parsed = parsed(address);
    if (parsed.bit() >= 0) {
      return TagShape.refused(
          "a bit of an integer is not written, since the other bits would be written with it; write"
              + " the integer");
    } else if (parsed.type() == PlcType.UNKNOWN) {
      return TagShape.refused(
          "its address has no type, and a controller takes only its own; add it, e.g. "
              + address
              + ":DINT");
    }
    return TagShape.of(parsed.type(), parsed.isArray() ? parsed.count() : 0);
  }

  /**
   * What is written to an address.
   *
   * @throws UnwritableValueException when it cannot hold the value
   */
  public static CipWrite encode(PlcAddress address, RawValue value)
      throws UnwritableValueException {
    return CipEncoder.encode(parsed(address), value);
  }

  /** Called before a write is sent. */
  public static void writing(CipExchange exchange, CipWrite write) {
    exchange.expect(write);
  }

  /**
   * The response code of a write.
   *
   * @throws DriverException when there was no reply to it
   */
  public static ResponseCode written(CipExchange exchange) throws DriverException {
    List<CipReply> replies = exchange.take();
    if (replies.size() != 1) {
      throw new DriverException(
          "there were " + replies.size() + " replies to one write", null, Kind.UNREADABLE);
    }
    return CipDecoder.code(replies.get(0).status());
  }

  private static CipAddress parsed(PlcAddress address) {
    try {
      return CipAddress.parse(address.text());
    } catch (LineException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
