// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An S7 controller with data blocks, which are read and written as bytes and written as bits.
 * Thread-safe.
 */
public final class S7Controller extends S7Peer {
  private static final int ONE_BIT = 1;
  private static final int READ_BYTES = 2;

  /** The kind of data whose length is in bits. */
  private static final int BITS = 4;

  private static final int DATA_BLOCK = 0x84;
  private static final int OK = 0xFF;
  private static final int OUT_OF_RANGE = 5;
  private static final int TYPE_NOT_SUPPORTED = 6;
  private static final int NO_OBJECT = 0x0A;

  private final int packet;
  private final Map<Integer, byte[]> blocks = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> refused = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> unwritable = new ConcurrentHashMap<>();
  private final Map<Integer, List<byte[]>> written = new ConcurrentHashMap<>();

  /**
   * Starts a controller.
   *
   * @param packet the longest S7 message; reads with longer answers are refused
   */
  public S7Controller(int packet) throws IOException {
    super(packet);
    this.packet = packet;
  }

  /** Where it is, for the driver s7-light. */
  public String url() {
    return "s7-light://" + host() + "?controller-type=S7_1200";
  }

  /** Adds a data block. */
  public void block(int number, byte[] memory) {
    blocks.put(number, memory.clone());
  }

  /** From now on items of a data block are answered with an error. */
  public void refuse(int number, int code) {
    refused.put(number, code);
  }

  @Override
  byte[] answerRead(byte[] request) {
    ByteBuffer items = ByteBuffer.wrap(request);
    int count = request[S7 + 11] & 0xFF;
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      if (data.size() % 2 == 1) {
        data.write(0);
      }
      data.writeBytes(item(items, S7 + 12 + 12 * i));
    }
    if (14 + data.size() > packet) {
      // The error of answers longer than a packet.
      return error(request, 0x85, 0);
    }
    ByteBuffer answer = ByteBuffer.allocate(S7 + 14 + data.size());
    answer
        .put(request, 0, S7 + 6)
        .putShort((short) 2)
        .putShort((short) data.size())
        .putShort((short) 0);
    answer.put((byte) 4).put((byte) count).put(data.toByteArray());
    answer.put(S7 + 1, (byte) 3).putShort(2, (short) answer.capacity());
    return answer.array();
  }

  /** Code, kind of the length, length in bits, data. */
  private byte[] item(ByteBuffer request, int at) {
    int type = request.get(at + 3);
    int count = request.getShort(at + 4) & 0xFFFF;
    int number = request.getShort(at + 6) & 0xFFFF;
    int start = (request.getInt(at + 8) & 0xFFFFFF) / 8;
    byte[] memory = blocks.get(number);
    int code = OK;
    if (type != READ_BYTES) {
      code = TYPE_NOT_SUPPORTED;
    } else if (memory == null || (request.get(at + 8) & 0xFF) != DATA_BLOCK) {
      code = NO_OBJECT;
    } else if (refused.containsKey(number)) {
      code = refused.get(number);
    } else if (start + count > memory.length) {
      code = OUT_OF_RANGE;
    }
    if (code != OK) {
      return new byte[] {(byte) code, 0, 0, 0};
    }
    ByteBuffer item = ByteBuffer.allocate(4 + count);
    item.put((byte) code).put((byte) 4).putShort((short) (8 * count));
    return item.put(Arrays.copyOfRange(memory, start, start + count)).array();
  }

  /** The content of a data block. */
  public byte[] memory(int number) {
    return blocks.get(number).clone();
  }

  /** Changes a data block without a write over a connection. */
  public void set(int number, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, blocks.get(number), at, bytes.length);
  }

  /** What was written to a data block and carried out, in order. */
  public List<byte[]> written(int number) {
    return written.getOrDefault(number, List.of());
  }

  /** From now on writes of a data block are answered with an error; 0 for none. */
  public void refuseWrites(int number, int code) {
    unwritable.put(number, code);
  }

  /** Items as in reads, then for each of them a reserved byte, kind and length, and the data. */
  @Override
  byte[] answerWrite(byte[] request) {
    ByteBuffer message = ByteBuffer.wrap(request);
    int count = request[S7 + 11] & 0xFF;
    if (request.length - S7 > packet) {
      return error(request, 0x85, 0);
    }
    int data = S7 + 12 + 12 * count;
    ByteBuffer answer = ByteBuffer.allocate(S7 + 14 + count);
    answer.put(request, 0, S7 + 6).putShort((short) 2).putShort((short) count).putShort((short) 0);
    answer.put((byte) 5).put((byte) count);
    for (int i = 0; i < count; i++) {
      int kind = message.get(data + 1);
      int length = message.getShort(data + 2) & 0xFFFF;
      int bytes = kind == BITS ? (length + 7) / 8 : length;
      byte[] value = Arrays.copyOfRange(request, data + 4, data + 4 + bytes);
      answer.put((byte) write(message, S7 + 12 + 12 * i, value));
      data += 4 + bytes + bytes % 2;
    }
    answer.put(S7 + 1, (byte) 3).putShort(2, (short) answer.capacity());
    return answer.array();
  }

  private int write(ByteBuffer request, int at, byte[] value) {
    int type = request.get(at + 3);
    int count = request.getShort(at + 4) & 0xFFFF;
    int number = request.getShort(at + 6) & 0xFFFF;
    int bit = request.getInt(at + 8) & 0xFFFFFF;
    byte[] memory = blocks.get(number);
    if (memory == null || (request.get(at + 8) & 0xFF) != DATA_BLOCK) {
      return NO_OBJECT;
    } else if (unwritable.getOrDefault(number, 0) != 0) {
      return unwritable.get(number);
    } else if (bit / 8 + value.length > memory.length) {
      return OUT_OF_RANGE;
    } else if (type == ONE_BIT && count == 1) {
      int mask = 1 << bit % 8;
      memory[bit / 8] = (byte) (value[0] == 0 ? memory[bit / 8] & ~mask : memory[bit / 8] | mask);
    } else if (type == READ_BYTES && count == value.length) {
      System.arraycopy(value, 0, memory, bit / 8, count);
    } else {
      return TYPE_NOT_SUPPORTED;
    }
    written.computeIfAbsent(number, block -> new CopyOnWriteArrayList<>()).add(value);
    return OK;
  }
}
