// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Plans the writes of one tag in the memory of an S7 controller: a bit as it is, all else as bytes.
 * Immutable.
 */
public final class S7WritePlanner {
  /**
   * The payload of the smallest negotiated packet: 240 bytes, of which 28 are the headers of the
   * request and of its only item.
   */
  private static final int FITS_EVERY_PACKET = 212;

  private final S7Address address;

  private S7WritePlanner(S7Address address) {
    this.address = address;
  }

  /** The planner of an address; empty when it is no memory address or does not contain its size. */
  public static Optional<S7WritePlanner> of(String address) {
    return S7Address.parse(address).map(S7WritePlanner::new);
  }

  /**
   * One write.
   *
   * @param address in the driver's syntax
   * @param value a BOOL, a BYTE or a RAW_BYTE_ARRAY
   */
  public record MemoryWrite(String address, RawValue value) {}

  /** Why the tag cannot be written, and the remedy; empty when it can. */
  public Optional<String> refusal() {
    if (address.array() && address.type().isText()) {
      return Optional.of("arrays of texts are not written; write the elements one by one");
    }
    boolean bits = address.array() && address.type() == S7Type.BOOL;
    if (bits && (address.bit() != 0 || address.count() % 8 != 0)) {
      return Optional.of(
          "an array of BOOL is written in whole bytes, and this one shares a byte with other bits;"
              + " write the bits one by one");
    }
    int bytes = address.end() - address.start();
    if (bytes > FITS_EVERY_PACKET && !address.type().isText()) {
      return Optional.of(
          "has "
              + bytes
              + " bytes, and one request of every controller carries "
              + FITS_EVERY_PACKET
              + "; write parts of it");
    }
    return Optional.empty();
  }

  /** The type of a value, or of the elements of an array. */
  public PlcType type() {
    return address.type().plcType();
  }

  /** The number of elements of an array; 0 for a single value. */
  public int count() {
    return address.array() ? address.count() : 0;
  }

  /** What has to be read before a text is written: the maximum length in the memory. */
  public Optional<String> maximumLength() {
    return address.type().isText()
        ? Optional.of(address.area().bytes(address.start(), lengthBytes()))
        : Optional.empty();
  }

  private int lengthBytes() {
    return address.type() == S7Type.STRING ? 1 : 2;
  }

  /**
   * Plans the write of a value.
   *
   * @param value of this type and number of elements
   * @param maximumLength what was read from {@link #maximumLength}; null for other types
   * @throws UnwritableValueException when the memory cannot hold it
   */
  public MemoryWrite plan(RawValue value, RawValue maximumLength) throws UnwritableValueException {
    if (address.type() == S7Type.BOOL && !address.array()) {
      return new MemoryWrite(address.area().bit(address.start(), address.bit()), value);
    }
    if (address.type().isText()) {
      int maximum = number(maximumLength);
      String text = (String) value.object();
      byte[] memory = S7Encoder.text(address.type(), text, address.length(), maximum);
      if (memory.length > FITS_EVERY_PACKET) {
        throw new UnwritableValueException(
            "the text has "
                + memory.length
                + " bytes with its length, and one request of every controller carries "
                + FITS_EVERY_PACKET);
      }
      return bytes(address.start() + lengthBytes(), memory);
    }
    if (value.object() instanceof byte[] bytes) {
      return bytes(address.start(), bytes);
    }
    if (!address.array()) {
      return bytes(address.start(), S7Encoder.encode(address.type(), value));
    }
    return bytes(address.start(), elements((List<?>) value.object()));
  }

  private byte[] elements(List<?> elements) throws UnwritableValueException {
    if (address.type() == S7Type.BOOL) {
      BitSet bits = new BitSet(elements.size());
      for (int i = 0; i < elements.size(); i++) {
        bits.set(i, (Boolean) ((RawValue) elements.get(i)).object());
      }
      return Arrays.copyOf(bits.toByteArray(), elements.size() / 8);
    }
    ByteArrayOutputStream memory = new ByteArrayOutputStream();
    for (Object element : elements) {
      memory.writeBytes(S7Encoder.encode(address.type(), (RawValue) element));
    }
    return memory.toByteArray();
  }

  private MemoryWrite bytes(int start, byte[] memory) {
    RawValue value =
        memory.length == 1
            ? new RawValue(PlcType.BYTE, memory[0] & 0xFFL)
            : new RawValue(PlcType.RAW_BYTE_ARRAY, memory);
    return new MemoryWrite(address.area().bytes(start, memory.length), value);
  }

  private static int number(RawValue read) {
    if (read.object() instanceof byte[] bytes) {
      int number = 0;
      for (byte part : bytes) {
        number = number << 8 | (part & 0xFF);
      }
      return number;
    }
    return ((Number) read.object()).intValue();
  }
}
