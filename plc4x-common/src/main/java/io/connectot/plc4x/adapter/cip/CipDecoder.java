// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.cip;

import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decodes the replies of Logix controllers to reads. */
final class CipDecoder {
  private static final int STRUCTURE = 0x2A0;
  private static final int TEXT = 0xD0;

  /** The handle of the structure STRING of Logix controllers: a length of 4 bytes, characters. */
  private static final int STRING_HANDLE = 0xFCE;

  private static final int STRING_LENGTH = 88;

  private CipDecoder() {}

  /** Decodes a reply; BAD unless it has the type and the size that the address asks for. */
  static TagResponse decode(CipAddress address, CipReply reply) {
    if (reply.status() != 0) {
      return new TagResponse(code(reply.status()), null);
    }
    PlcType actual = typeOf(reply);
    if (actual == null) {
      return new TagResponse(ResponseCode.UNSUPPORTED, null);
    }
    if (address.bit() >= 0) {
      return bit(address, actual, reply);
    }
    if (address.type() != PlcType.UNKNOWN && address.type() != actual) {
      return new TagResponse(ResponseCode.INVALID_DATATYPE, null);
    }
    int size = size(actual, reply);
    ByteBuffer data = data(reply);
    int expected = address.count() * size;
    // Controllers may fill an odd number of bytes up.
    int padded = expected + expected % 2;
    if (size == 0 || (data.remaining() != expected && data.remaining() != padded)) {
      return new TagResponse(ResponseCode.INVALID_DATA, null);
    }
    if (!address.isArray()) {
      return value(actual, reply, data);
    }
    List<RawValue> elements = new ArrayList<>(address.count());
    for (int i = 0; i < address.count(); i++) {
      TagResponse element = value(actual, reply, data.slice(i * size, size).order(data.order()));
      if (!element.isOk()) {
        return element;
      }
      elements.add(element.value());
    }
    return new TagResponse(ResponseCode.OK, new RawValue(PlcType.LIST, elements));
  }

  /** A bit of an integer, or of the double word that holds 32 elements of an array of BOOL. */
  private static TagResponse bit(CipAddress address, PlcType actual, CipReply reply) {
    ByteBuffer data = data(reply);
    boolean number =
        address.packed()
            ? actual == PlcType.DWORD
            : switch (actual) {
              case SINT, INT, DINT, LINT, USINT, UINT, UDINT, ULINT, BYTE, WORD, DWORD -> true;
              default -> false;
            };
    if (!number || address.bit() >= 8 * data.remaining()) {
      return new TagResponse(ResponseCode.INVALID_DATATYPE, null);
    }
    boolean set = (data.get(address.bit() / 8) >> address.bit() % 8 & 1) == 1;
    return new TagResponse(ResponseCode.OK, new RawValue(PlcType.BOOL, set));
  }

  private static ByteBuffer data(CipReply reply) {
    ByteBuffer data = ByteBuffer.wrap(reply.data()).order(ByteOrder.LITTLE_ENDIAN);
    int handle = reply.type() == STRUCTURE ? 2 : 0;
    return data.slice(handle, data.capacity() - handle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Null for types that are not decoded. */
  private static PlcType typeOf(CipReply reply) {
    return switch (reply.type()) {
      case 0xC1 -> PlcType.BOOL;
      case 0xC2 -> PlcType.SINT;
      case 0xC3 -> PlcType.INT;
      case 0xC4 -> PlcType.DINT;
      case 0xC5 -> PlcType.LINT;
      case 0xC6 -> PlcType.USINT;
      case 0xC7 -> PlcType.UINT;
      case 0xC8 -> PlcType.UDINT;
      case 0xC9 -> PlcType.ULINT;
      case 0xCA -> PlcType.REAL;
      case 0xCB -> PlcType.LREAL;
      case 0xD1 -> PlcType.BYTE;
      case 0xD2 -> PlcType.WORD;
      case 0xD3 -> PlcType.DWORD;
      case TEXT -> PlcType.STRING;
      case STRUCTURE -> {
        byte[] data = reply.data();
        boolean string =
            data.length >= 2 && ((data[0] & 0xFF) | (data[1] & 0xFF) << 8) == STRING_HANDLE;
        if (string) {
          yield PlcType.STRING;
        }
        yield null;
      }
      default -> null;
    };
  }

  /** The bytes of one value; 0 when the reply is too short to tell. */
  private static int size(PlcType type, CipReply reply) {
    return switch (type) {
      case BOOL, SINT, USINT, BYTE -> 1;
      case INT, UINT, WORD -> 2;
      case LINT, ULINT, LREAL -> 8;
      case STRING -> reply.type() == STRUCTURE ? STRING_LENGTH : reply.data().length;
      default -> 4;
    };
  }

  private static TagResponse value(PlcType type, CipReply reply, ByteBuffer data) {
    Object value =
        switch (type) {
          case BOOL -> data.get(0) != 0;
          case SINT -> data.get(0);
          case USINT, BYTE -> (short) (data.get(0) & 0xFF);
          case INT -> data.getShort(0);
          case UINT, WORD -> data.getShort(0) & 0xFFFF;
          case DINT -> data.getInt(0);
          case UDINT, DWORD -> Integer.toUnsignedLong(data.getInt(0));
          case LINT -> data.getLong(0);
          case ULINT -> new BigInteger(Long.toUnsignedString(data.getLong(0)));
          case REAL -> data.getFloat(0);
          case LREAL -> data.getDouble(0);
          default -> text(data, reply.type() == STRUCTURE ? 4 : 2);
        };
    return value == null
        ? new TagResponse(ResponseCode.INVALID_DATA, null)
        : new TagResponse(ResponseCode.OK, new RawValue(type, value));
  }

  /** Null when the length is not possible. */
  private static String text(ByteBuffer data, int lengthBytes) {
    if (data.remaining() < lengthBytes) {
      return null;
    }
    int length = lengthBytes == 4 ? data.getInt(0) : data.getShort(0) & 0xFFFF;
    if (length < 0 || length > data.remaining() - lengthBytes) {
      return null;
    }
    byte[] characters = new byte[length];
    data.get(lengthBytes, characters);
    return new String(characters, StandardCharsets.UTF_8);
  }

  /** By the general status codes of CIP, volume 1, appendix B. */
  static ResponseCode code(int status) {
    return switch (status) {
      case 0 -> ResponseCode.OK;
      case 0x04, 0x05 -> ResponseCode.NOT_FOUND;
      case 0x02 -> ResponseCode.REMOTE_BUSY;
      case 0x06, 0x11, 0x13, 0x15 -> ResponseCode.INVALID_DATA;
      case 0x08 -> ResponseCode.UNSUPPORTED;
      case 0x0F -> ResponseCode.ACCESS_DENIED;
      case 0xFF, 0x20, 0x26 -> ResponseCode.INVALID_ADDRESS;
      default -> ResponseCode.REMOTE_ERROR;
    };
  }
}
