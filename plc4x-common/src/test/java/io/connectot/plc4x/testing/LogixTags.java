// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The tags of a Logix controller. Names do not depend on case; members of structures are tags with
 * a dot in their name, and the elements of an array follow each other.
 */
@SuppressWarnings("ByteBufferBackingArray") // the buffers have arrays of their own
public final class LogixTags {
  public static final int BOOL = 0xC1;
  public static final int SINT = 0xC2;
  public static final int INT = 0xC3;
  public static final int DINT = 0xC4;
  public static final int LINT = 0xC5;
  public static final int USINT = 0xC6;
  public static final int UINT = 0xC7;
  public static final int UDINT = 0xC8;
  public static final int ULINT = 0xC9;
  public static final int REAL = 0xCA;
  public static final int LREAL = 0xCB;
  public static final int BYTE = 0xD1;
  public static final int WORD = 0xD2;
  public static final int DWORD = 0xD3;
  public static final int LWORD = 0xD4;
  public static final int STRUCTURE = 0x2A0;

  private static final int STRING_HANDLE = 0xFCE;
  private static final int STRING_LENGTH = 88;

  private static final int OK = 0;
  private static final int PATH_SEGMENT_ERROR = 4;
  private static final int PATH_UNKNOWN = 5;
  private static final int TOO_MANY = 6;
  private static final int PRIVILEGE_VIOLATION = 0x0F;
  private static final int NOT_ENOUGH_DATA = 0x13;
  private static final int TOO_MUCH_DATA = 0x15;
  static final int GENERAL_ERROR = 0xFF;

  private final Map<String, LogixTag> tags = new ConcurrentHashMap<>();
  private final Set<LogixTag> readOnly = ConcurrentHashMap.newKeySet();
  private final Map<LogixTag, List<byte[]>> written = new ConcurrentHashMap<>();

  /** One tag; dimensions are empty for a single value. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record LogixTag(int type, int handle, int elementSize, int[] dimensions, byte[] data) {}

  /** The result of a read: its status, and type and bytes when it is 0. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Result(int status, byte[] data) {}

  /** Adds a tag of an elementary type. */
  public LogixTags add(String name, int type, byte[] littleEndian, int... dimensions) {
    int elements = Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
    return put(
        name, new LogixTag(type, 0, littleEndian.length / elements, dimensions, littleEndian));
  }

  /** Adds a tag of the type STRING. */
  public LogixTags addString(String name, String text) {
    ByteBuffer data = ByteBuffer.allocate(STRING_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
    data.putInt(characters.length).put(characters);
    return put(
        name, new LogixTag(STRUCTURE, STRING_HANDLE, STRING_LENGTH, new int[0], data.array()));
  }

  /** Adds a tag of a type of the user. */
  public LogixTags addStructure(String name, int handle, byte[] data) {
    return put(name, new LogixTag(STRUCTURE, handle, data.length, new int[0], data));
  }

  public LogixTags addDint(String name, int value) {
    return add(name, DINT, little(4).putInt(value).array());
  }

  public LogixTags addReal(String name, float value) {
    return add(name, REAL, little(4).putFloat(value).array());
  }

  /** Adds an array of DINT. */
  public LogixTags addDints(String name, int[] values, int... dimensions) {
    ByteBuffer data = little(4 * values.length);
    Arrays.stream(values).forEach(data::putInt);
    return add(name, DINT, data.array(), dimensions);
  }

  /** Removes a tag, as the download of another project does. */
  public void remove(String name) {
    tags.remove(key(name));
  }

  /** The bytes of a tag. */
  public ByteBuffer data(String name) {
    return ByteBuffer.wrap(tags.get(key(name)).data).order(ByteOrder.LITTLE_ENDIAN);
  }

  private LogixTags put(String name, LogixTag tag) {
    tags.put(key(name), tag);
    return this;
  }

  Result read(byte[] path, int elements) {
    Place place = place(path);
    if (place.status != OK) {
      return new Result(place.status, new byte[0]);
    }
    LogixTag tag = place.tag;
    int length = elements * tag.elementSize;
    if (place.at + length > tag.data.length) {
      return new Result(GENERAL_ERROR, new byte[0]);
    }
    boolean structure = tag.type == STRUCTURE;
    ByteBuffer reply = little((structure ? 4 : 2) + length);
    reply.putShort((short) tag.type);
    if (structure) {
      reply.putShort((short) tag.handle);
    }
    return new Result(OK, reply.put(tag.data, place.at, length).array());
  }

  int write(byte[] path, int type, int handle, int count, byte[] data) {
    Place place = place(path);
    if (place.status != OK) {
      return place.status;
    }
    LogixTag tag = place.tag;
    int length = count * tag.elementSize;
    if (type != tag.type || handle != tag.handle || place.at + length > tag.data.length) {
      return GENERAL_ERROR;
    } else if (data.length < length) {
      return NOT_ENOUGH_DATA;
    } else if (data.length > length + length % 2) {
      return TOO_MUCH_DATA;
    } else if (readOnly.contains(tag)) {
      return PRIVILEGE_VIOLATION;
    }
    System.arraycopy(data, 0, tag.data, place.at, length);
    written.computeIfAbsent(tag, key -> new CopyOnWriteArrayList<>()).add(data);
    return OK;
  }

  /** From now on a tag is not written. */
  public void refuseWrites(String name) {
    readOnly.add(tags.get(key(name)));
  }

  /** What was written to a tag and carried out, in order. */
  public List<byte[]> written(String name) {
    return written.getOrDefault(tags.get(key(name)), List.of());
  }

  /** A tag and the first byte of an element, or the status that says why there is none. */
  private record Place(int status, LogixTag tag, int at) {
    static Place none(int status) {
      return new Place(status, null, 0);
    }
  }

  /** Symbolic segments (0x91) name a tag or a member, numbers (0x28, 0x29) an element. */
  private Place place(byte[] path) {
    ByteBuffer segments = ByteBuffer.wrap(path).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder name = new StringBuilder();
    LogixTag array = null;
    int element = 0;
    int depth = 0;
    while (segments.hasRemaining()) {
      int kind = segments.get() & 0xFF;
      if (kind == 0x91) {
        if (array != null) {
          name.append('[').append(element).append(']');
        }
        byte[] text = new byte[segments.get() & 0xFF];
        segments.get(text);
        if (text.length % 2 != 0) {
          segments.get();
        }
        name.append(name.isEmpty() ? "" : ".").append(new String(text, StandardCharsets.US_ASCII));
        array = null;
        element = 0;
        depth = 0;
      } else if (kind >= 0x28 && kind <= 0x2A) {
        int index = index(kind, segments);
        array = tags.get(key(name.toString()));
        if (array == null || depth >= array.dimensions.length) {
          return Place.none(PATH_UNKNOWN);
        }
        if (index >= array.dimensions[depth]) {
          return Place.none(GENERAL_ERROR);
        }
        element = element * array.dimensions[depth] + index;
        depth++;
      } else {
        return Place.none(PATH_SEGMENT_ERROR);
      }
    }
    LogixTag tag = tags.get(key(name.toString()));
    if (tag == null) {
      return Place.none(PATH_UNKNOWN);
    }
    if (depth != 0 && depth != tag.dimensions.length) {
      return Place.none(TOO_MANY);
    }
    return new Place(OK, tag, element * tag.elementSize);
  }

  /** A number of 8, 16 or 32 bits, the longer ones behind a byte that fills them up. */
  private static int index(int kind, ByteBuffer segments) {
    if (kind == 0x28) {
      return segments.get() & 0xFF;
    }
    segments.get();
    return kind == 0x29 ? segments.getShort() & 0xFFFF : segments.getInt();
  }

  private static String key(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
