// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A TwinCAT controller: ADS over AMS/TCP, with symbols. */
@SuppressWarnings("ByteBufferBackingArray") // the buffers have arrays of their own
public final class AdsServer extends TcpPeer {
  /** When the value at the time of a subscription is sent. */
  public enum FirstNotification {
    /** Behind the reply to the subscription. */
    AFTER_REPLY,
    /** Ahead of the reply, when the client does not know the handle. */
    BEFORE_REPLY,
    /** Not at all: only changes are sent. */
    NEVER
  }

  private static final int READ_DEVICE_INFO = 1;
  private static final int READ = 2;
  private static final int WRITE = 3;
  private static final int READ_STATE = 4;
  private static final int ADD_NOTIFICATION = 6;
  private static final int DELETE_NOTIFICATION = 7;
  private static final int NOTIFICATION = 8;
  private static final int READ_WRITE = 9;

  private static final long HANDLE_BY_NAME = 0xF003;
  private static final long VALUE_BY_NAME = 0xF004;
  private static final long VALUE_BY_HANDLE = 0xF005;
  private static final long RELEASE_HANDLE = 0xF006;
  private static final long SYMBOL_VERSION = 0xF008;
  private static final long SYMBOL_UPLOAD = 0xF00B;
  private static final long TYPE_UPLOAD = 0xF00E;
  private static final long TABLE_SIZES = 0xF00F;
  private static final long SUM_READ = 0xF080;
  private static final long SUM_WRITE = 0xF081;
  private static final long SUM_READ_WRITE = 0xF082;

  private static final int NOT_SUPPORTED = 0x701;
  private static final int NO_GROUP = 0x702;
  private static final int NO_OFFSET = 0x703;
  private static final int NO_SYMBOL = 0x710;

  private final Map<Integer, AdsProgram.Symbol> handles = new ConcurrentHashMap<>();
  private final Map<Integer, Notification> notifications = new ConcurrentHashMap<>();
  private final Set<Long> refused = ConcurrentHashMap.newKeySet();
  private final Set<Long> unreadable = ConcurrentHashMap.newKeySet();
  private final Set<Long> unwritable = ConcurrentHashMap.newKeySet();
  private final Map<Long, List<byte[]>> written = new ConcurrentHashMap<>();
  private final AtomicInteger nextHandle = new AtomicInteger(1);
  private volatile AdsProgram program;
  private volatile int version = 1;
  private volatile FirstNotification firstNotification = FirstNotification.AFTER_REPLY;

  /** A notification and the bytes that were sent last; guarded by itself. */
  private static final class Notification {
    private final Connection connection;
    private final byte[] addresses;
    private final long group;
    private final long offset;
    private final int length;
    private byte[] last;

    Notification(Connection connection, byte[] addresses, long group, long offset, int length) {
      this.connection = connection;
      this.addresses = addresses;
      this.group = group;
      this.offset = offset;
      this.length = length;
    }

    synchronized void skip(byte[] data) {
      last = data;
    }
  }

  /** The result of a command: its code, and its data when the code is 0. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Result(int code, byte[] data) {
    static Result error(int code) {
      return new Result(code, new byte[0]);
    }
  }

  /** Starts a controller that runs a program. */
  public AdsServer(AdsProgram program) throws IOException {
    this.program = program;
  }

  /** The connection string of a client. */
  public String url() {
    return "ads:tcp://"
        + host()
        + "?target-ams-net-id=10.0.0.5.1.1&target-ams-port=851"
        + "&source-ams-net-id=10.0.0.9.1.1&source-ams-port=65534";
  }

  /** Downloads another program, as a change of the project does; clients are not told. */
  public void download(AdsProgram other) {
    program = other;
    version = (version + 1) & 0xFF;
    handles.clear();
  }

  /** From now on the memory at an offset is not read, or read again. */
  public void refuse(long offset, boolean refuses) {
    if (refuses) {
      refused.add(offset);
    } else {
      refused.remove(offset);
    }
  }

  /** From now on requests to read the memory at an offset are refused; notifications are sent. */
  public void refuseReads(long offset) {
    unreadable.add(offset);
  }

  /** From now on requests to write the memory at an offset are refused. */
  public void refuseWrites(long offset) {
    unwritable.add(offset);
  }

  /** What was written to the memory at an offset and carried out, in order. */
  public List<byte[]> written(long offset) {
    return written.getOrDefault(offset, List.of());
  }

  /** Sets when subscriptions from now on send their first value. */
  public void set(FirstNotification when) {
    this.firstNotification = when;
  }

  /** Sends the notifications whose values have changed. */
  public void sendChanges() throws IOException {
    for (Map.Entry<Integer, Notification> entry : notifications.entrySet()) {
      send(entry.getKey(), entry.getValue());
    }
  }

  @Override
  byte[] read(DataInputStream in) throws IOException {
    byte[] header = new byte[AmsFrame.TCP_HEADER];
    in.readFully(header);
    byte[] packet = new byte[little(header).getInt(2)];
    in.readFully(packet);
    return packet;
  }

  @Override
  boolean isForValues(byte[] request) {
    ByteBuffer packet = little(request);
    int command = packet.getShort(16);
    if (command != READ && command != READ_WRITE && command != WRITE) {
      return false;
    }
    long group = Integer.toUnsignedLong(packet.getInt(AmsFrame.AMS_HEADER));
    return group == AdsProgram.GROUP || group >= SUM_READ || group == VALUE_BY_HANDLE;
  }

  @Override
  byte[] answer(Connection connection, byte[] request) throws IOException {
    ByteBuffer packet = little(request);
    int command = packet.getShort(16);
    packet.position(AmsFrame.AMS_HEADER);
    Result result =
        switch (command) {
          case READ_DEVICE_INFO -> new Result(0, deviceInfo());
          case READ_STATE -> new Result(0, new byte[] {5, 0, 0, 0});
          case READ -> {
            long group = unsigned(packet);
            long offset = unsigned(packet);
            int length = packet.getInt();
            yield withLength(
                unreadable.contains(offset)
                    ? Result.error(NOT_SUPPORTED)
                    : read(group, offset, length));
          }
          case WRITE -> {
            long group = unsigned(packet);
            long offset = unsigned(packet);
            byte[] data = new byte[packet.getInt()];
            packet.get(data);
            yield write(group, offset, data);
          }
          case READ_WRITE -> withLength(readWrite(packet));
          case ADD_NOTIFICATION -> addNotification(connection, request, packet);
          case DELETE_NOTIFICATION -> {
            notifications.remove(packet.getInt());
            yield new Result(0, new byte[0]);
          }
          default -> Result.error(NOT_SUPPORTED);
        };
    ByteBuffer body = little(new byte[4 + result.data.length]);
    body.putInt(result.code).put(result.data);
    byte[] answer =
        AmsFrame.of(AmsFrame.swapped(request), command, 5, packet.getInt(28), body.array());
    if (command != ADD_NOTIFICATION || result.code != 0) {
      return answer;
    }
    int handle = little(result.data).getInt();
    Notification notification = notifications.get(handle);
    switch (firstNotification) {
      case BEFORE_REPLY -> {
        send(handle, notification);
        connection.send(answer);
      }
      case AFTER_REPLY -> {
        connection.send(answer);
        send(handle, notification);
      }
      case NEVER -> {
        notification.skip(read(notification.group, notification.offset, notification.length).data);
        connection.send(answer);
      }
    }
    return null;
  }

  private static byte[] deviceInfo() {
    ByteBuffer info = little(new byte[20]);
    info.put((byte) 3).put((byte) 1).putShort((short) 4024);
    info.put("Test PLC".getBytes(StandardCharsets.US_ASCII));
    return info.array();
  }

  private Result addNotification(Connection connection, byte[] request, ByteBuffer packet)
      throws IOException {
    long group = unsigned(packet);
    long offset = unsigned(packet);
    int length = packet.getInt();
    Result first = read(group, offset, length);
    if (first.code != 0) {
      return first;
    }
    int handle = nextHandle.getAndIncrement();
    notifications.put(
        handle, new Notification(connection, AmsFrame.swapped(request), group, offset, length));
    return new Result(0, little(new byte[4]).putInt(handle).array());
  }

  private void send(int handle, Notification notification) throws IOException {
    synchronized (notification) {
      byte[] data = read(notification.group, notification.offset, notification.length).data;
      if (Arrays.equals(data, notification.last)) {
        return;
      }
      notification.last = data;
      ByteBuffer body = little(new byte[28 + data.length]);
      body.putInt(24 + data.length).putInt(1);
      body.putLong((System.currentTimeMillis() + 11_644_473_600_000L) * 10_000).putInt(1);
      body.putInt(handle).putInt(data.length).put(data);
      notification.connection.send(
          AmsFrame.of(notification.addresses, NOTIFICATION, 4, 0, body.array()));
    }
  }

  @Override
  void closed(Connection connection) {
    notifications.values().removeIf(notification -> notification.connection == connection);
  }

  private Result readWrite(ByteBuffer packet) throws IOException {
    long group = unsigned(packet);
    long offset = unsigned(packet);
    int readLength = packet.getInt();
    byte[] written = new byte[packet.getInt()];
    packet.get(written);
    if (group == SUM_READ || group == SUM_WRITE || group == SUM_READ_WRITE) {
      return sum(group, (int) offset, little(written));
    }
    String name = new String(written, StandardCharsets.ISO_8859_1).replaceAll("\0.*", "");
    AdsProgram.Symbol symbol = program.find(name);
    if (symbol == null) {
      return Result.error(group == HANDLE_BY_NAME || group == VALUE_BY_NAME ? NO_SYMBOL : NO_GROUP);
    }
    if (group == HANDLE_BY_NAME) {
      int handle = nextHandle.getAndIncrement();
      handles.put(handle, symbol);
      return new Result(0, little(new byte[4]).putInt(handle).array());
    }
    return group == VALUE_BY_NAME ? memory(symbol.offset(), readLength) : Result.error(NO_GROUP);
  }

  /** Commands in one: the codes of all, then the data of all. */
  private Result sum(long group, int items, ByteBuffer request) throws IOException {
    int itemLength = group == SUM_READ_WRITE ? 16 : 12;
    ByteBuffer data = request.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    data.position(items * itemLength);
    ByteArrayOutputStream codes = new ByteArrayOutputStream();
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    for (int i = 0; i < items; i++) {
      long itemGroup = unsigned(request);
      long offset = unsigned(request);
      int length = request.getInt();
      Result result;
      if (group == SUM_READ) {
        result = read(itemGroup, offset, length);
      } else if (group == SUM_WRITE) {
        byte[] written = new byte[length];
        data.get(written);
        result = write(itemGroup, offset, written);
      } else {
        byte[] written = new byte[request.getInt()];
        data.get(written);
        ByteBuffer inner = little(new byte[16 + written.length]);
        inner.putInt((int) itemGroup).putInt((int) offset).putInt(length);
        inner.putInt(written.length).put(written).flip();
        result = readWrite(inner);
      }
      codes.writeBytes(little(new byte[4]).putInt(result.code).array());
      if (group == SUM_READ_WRITE) {
        codes.writeBytes(little(new byte[4]).putInt(result.data.length).array());
      }
      // Nothing is filled in for the data of an item that failed.
      values.writeBytes(result.data);
    }
    codes.writeBytes(values.toByteArray());
    return new Result(0, codes.toByteArray());
  }

  private Result read(long group, long offset, int length) {
    if (group == SYMBOL_VERSION) {
      return new Result(0, new byte[] {(byte) version});
    } else if (group == TABLE_SIZES) {
      return new Result(0, program.tableSizes());
    } else if (group == TYPE_UPLOAD) {
      return new Result(0, program.typeTable());
    } else if (group == SYMBOL_UPLOAD) {
      return new Result(0, program.symbolTable());
    } else if (group == VALUE_BY_HANDLE) {
      AdsProgram.Symbol symbol = handles.get((int) offset);
      return symbol == null ? Result.error(NO_SYMBOL) : memory(symbol.offset(), length);
    }
    if (refused.contains(offset)) {
      return Result.error(NOT_SUPPORTED);
    }
    return group == AdsProgram.GROUP ? memory((int) offset, length) : Result.error(NO_GROUP);
  }

  private Result memory(int offset, int length) {
    ByteBuffer memory = program.memory();
    if (offset < 0 || length < 0 || offset + length > memory.capacity()) {
      return Result.error(NO_OFFSET);
    }
    return new Result(0, Arrays.copyOfRange(memory.array(), offset, offset + length));
  }

  private Result write(long group, long offset, byte[] data) {
    if (group == RELEASE_HANDLE) {
      handles.remove(little(data).getInt());
      return new Result(0, new byte[0]);
    }
    AdsProgram.Symbol symbol = group == VALUE_BY_HANDLE ? handles.get((int) offset) : null;
    if (group != AdsProgram.GROUP && symbol == null) {
      return Result.error(NO_GROUP);
    }
    ByteBuffer memory = program.memory();
    int at = symbol == null ? (int) offset : symbol.offset();
    if (at < 0 || at + data.length > memory.capacity()) {
      return Result.error(NO_OFFSET);
    }
    if (unwritable.contains((long) at)) {
      return Result.error(NOT_SUPPORTED);
    }
    System.arraycopy(data, 0, memory.array(), at, data.length);
    written.computeIfAbsent((long) at, place -> new CopyOnWriteArrayList<>()).add(data);
    return new Result(0, new byte[0]);
  }

  private static Result withLength(Result result) {
    ByteBuffer body = little(new byte[4 + result.data.length]);
    return new Result(result.code, body.putInt(result.data.length).put(result.data).array());
  }

  private static long unsigned(ByteBuffer buffer) {
    return Integer.toUnsignedLong(buffer.getInt());
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
