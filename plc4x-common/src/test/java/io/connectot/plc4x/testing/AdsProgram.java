// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program of a TwinCAT controller: its data types, its symbols, and their memory.
 *
 * <p>The tables have the form of ADS ({@code AdsDatatypeEntry}, {@code AdsSymbolEntry}).
 */
@SuppressWarnings("ByteBufferBackingArray") // the buffers have arrays of their own
public final class AdsProgram {
  /** The index group of the symbols' memory. */
  static final long GROUP = 0x4040;

  /** The symbol that counts online changes, which clients read. */
  public static final String ONLINE_CHANGES = "TwinCAT_SystemInfoVarList._AppInfo.OnlineChangeCnt";

  private static final int BIG_TYPE = 65;

  private final Map<String, Type> types = new LinkedHashMap<>();
  private final Map<String, Symbol> symbols = new LinkedHashMap<>();
  private final ByteBuffer memory;
  private int used = 16;

  /** One data type. */
  private record Type(
      String name, String base, int size, int code, List<int[]> bounds, List<Member> members) {}

  /** One member of a structure. */
  public record Member(String name, String type, int size, int offset) {}

  /** One symbol. */
  record Symbol(String name, String type, int size, int offset) {}

  /** A program without symbols. */
  public AdsProgram(int memorySize) {
    this.memory = ByteBuffer.allocate(memorySize).order(ByteOrder.LITTLE_ENDIAN);
    symbol("TwinCAT_SystemInfoVarList._AppInfo", "PlcAppSystemInfo", 256);
    Symbol info = symbols.get("TwinCAT_SystemInfoVarList._AppInfo");
    types.put(
        "PlcAppSystemInfo",
        new Type(
            "PlcAppSystemInfo",
            "",
            256,
            BIG_TYPE,
            List.of(),
            List.of(new Member("OnlineChangeCnt", "UDINT", 4, 4))));
    memory.putInt(info.offset + 4, 1);
  }

  /** Declares a structure. */
  public AdsProgram structure(String name, int size, Member... members) {
    types.put(name, new Type(name, "", size, BIG_TYPE, List.of(), List.of(members)));
    return this;
  }

  /** Declares a type by another name, as an enumeration, an alias or a pointer is. */
  public AdsProgram alias(String name, String base, int size) {
    int code = base.startsWith("STRING") ? 30 : base.startsWith("WSTRING") ? 31 : BIG_TYPE;
    types.put(name, new Type(name, base, size, code, List.of(), List.of()));
    return this;
  }

  /**
   * Declares an array.
   *
   * @param bounds the lower bound and the number of elements of each dimension
   */
  public AdsProgram array(String name, String element, int size, int[]... bounds) {
    types.put(name, new Type(name, element, size, BIG_TYPE, List.of(bounds), List.of()));
    return this;
  }

  /** Declares a symbol behind the former one; returns the offset of its memory. */
  public int symbol(String name, String type, int size) {
    int offset = (used + 7) / 8 * 8;
    symbols.put(name, new Symbol(name, type, size, offset));
    used = offset + size;
    return offset;
  }

  /** The memory of all symbols, little-endian. */
  public ByteBuffer memory() {
    return memory;
  }

  /** Where the memory of a symbol begins. */
  public int offset(String symbol) {
    return symbols.get(symbol).offset;
  }

  /** The address of a symbol or of a member; null when there is none. */
  Symbol find(String path) {
    Symbol symbol = symbols.get(path);
    if (symbol != null) {
      return symbol;
    }
    int dot = path.lastIndexOf('.');
    Symbol parent = dot < 0 ? null : find(path.substring(0, dot));
    Type type = parent == null ? null : types.get(parent.type);
    if (type == null) {
      return null;
    }
    for (Member member : type.members) {
      if (member.name.equals(path.substring(dot + 1))) {
        return new Symbol(path, member.type, member.size, parent.offset + member.offset);
      }
    }
    return null;
  }

  byte[] symbolTable() {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    for (Symbol symbol : symbols.values()) {
      byte[] name = text(symbol.name);
      byte[] type = text(symbol.type);
      int length = 30 + name.length + type.length + 1;
      ByteBuffer entry = little(length);
      entry.putInt(length).putInt((int) GROUP).putInt(symbol.offset).putInt(symbol.size);
      entry.putInt(BIG_TYPE).putInt(0);
      entry.putShort((short) (name.length - 1)).putShort((short) (type.length - 1));
      entry.putShort((short) 0).put(name).put(type).put((byte) 0);
      table.writeBytes(entry.array());
    }
    return table.toByteArray();
  }

  byte[] typeTable() {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    types.values().forEach(type -> table.writeBytes(entry(type)));
    return table.toByteArray();
  }

  /** Counts and lengths: symbols, data types, and 0 for what clients do not need. */
  byte[] tableSizes() {
    return little(24)
        .putInt(symbols.size())
        .putInt(symbolTable().length)
        .putInt(types.size())
        .putInt(typeTable().length)
        .array();
  }

  private static byte[] entry(Type type) {
    List<byte[]> members = new ArrayList<>();
    for (Member member : type.members) {
      members.add(
          entry(member.name, member.type, member.size, member.offset, 0, List.of(), List.of()));
    }
    return entry(type.name, type.base, type.size, 0, type.code, type.bounds, members);
  }

  private static byte[] entry(
      String named,
      String of,
      int size,
      int offset,
      int code,
      List<int[]> bounds,
      List<byte[]> members) {
    byte[] name = text(named);
    byte[] base = text(of);
    int inside = members.stream().mapToInt(member -> member.length).sum();
    int length = 42 + name.length + base.length + 1 + 8 * bounds.size() + inside;
    ByteBuffer entry = little(length);
    entry.putInt(length).putInt(1).putInt(0).putInt(0);
    entry.putInt(size).putInt(offset).putInt(code).putInt(0);
    entry.putShort((short) (name.length - 1)).putShort((short) (base.length - 1));
    entry.putShort((short) 0);
    entry.putShort((short) bounds.size()).putShort((short) members.size());
    entry.put(name).put(base).put((byte) 0);
    bounds.forEach(bound -> entry.putInt(bound[0]).putInt(bound[1]));
    members.forEach(entry::put);
    return entry.array();
  }

  private static byte[] text(String text) {
    return (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
