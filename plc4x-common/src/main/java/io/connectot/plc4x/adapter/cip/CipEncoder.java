// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.cip;

import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.plc4x.java.eip.readwrite.CIPDataTypeCode;

/** Encodes values for Logix controllers: the reverse of {@link CipDecoder}. */
final class CipEncoder {
  private static final int STRING_HANDLE = 0xFCE;
  private static final int MOST_CHARACTERS = 82;
  private static final int STRING_BYTES = 88;

  private CipEncoder() {}

  /**
   * Encodes a value.
   *
   * @throws UnwritableValueException when the tag cannot hold it
   */
  static CipWrite encode(CipAddress address, RawValue value) throws UnwritableValueException {
    if (address.type() == PlcType.STRING) {
      return string(address.count(), value);
    }
    ByteBuffer data = ByteBuffer.allocate(address.count() * Long.BYTES);
    data.order(ByteOrder.LITTLE_ENDIAN);
    if (value.object() instanceof byte[] bytes) {
      data.put(bytes);
    } else if (value.object() instanceof List<?> elements) {
      elements.forEach(element -> put(address.type(), ((RawValue) element).object(), data));
    } else {
      put(address.type(), value.object(), data);
    }
    // An odd number of bytes is filled up.
    byte[] even = new byte[(data.position() + 1) / 2 * 2];
    data.flip().get(even, 0, data.limit());
    CIPDataTypeCode type = CIPDataTypeCode.valueOf(address.type().name());
    return new CipWrite(type, address.count(), even);
  }

  private static void put(PlcType type, Object object, ByteBuffer data) {
    switch (type) {
      case BOOL -> data.put((byte) ((Boolean) object ? 1 : 0));
      case SINT, USINT, BYTE -> data.put(((Number) object).byteValue());
      case INT, UINT, WORD -> data.putShort(((Number) object).shortValue());
      case LINT, ULINT -> data.putLong(((Number) object).longValue());
      case REAL -> data.putFloat(((Number) object).floatValue());
      case LREAL -> data.putDouble(((Number) object).doubleValue());
      default -> data.putInt(((Number) object).intValue());
    }
  }

  /** The structure STRING: a length of 4 bytes, 82 characters, 2 bytes to fill it up. */
  private static CipWrite string(int count, RawValue value) throws UnwritableValueException {
    ByteBuffer data = ByteBuffer.allocate(2 + count * STRING_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) count);
    List<?> elements = value.object() instanceof List<?> list ? list : List.of(value);
    for (Object element : elements) {
      byte[] characters = ((String) ((RawValue) element).object()).getBytes(StandardCharsets.UTF_8);
      if (characters.length > MOST_CHARACTERS) {
        throw new UnwritableValueException(
            "the text has "
                + characters.length
                + " bytes; a STRING of a Logix controller has at most "
                + MOST_CHARACTERS);
      }
      data.putInt(characters.length).put(characters);
      data.position(data.position() + STRING_BYTES - Integer.BYTES - characters.length);
    }
    return new CipWrite(CIPDataTypeCode.STRUCTURED, STRING_HANDLE, data.array());
  }
}
