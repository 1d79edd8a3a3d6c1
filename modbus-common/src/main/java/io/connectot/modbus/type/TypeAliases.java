// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names of types in the register tables of vendors. Case, blanks and punctuation do not matter.
 */
final class TypeAliases {
  private static final Map<String, ModbusType> ALIASES = new HashMap<>();

  static {
    add(ModbusType.BOOL, "boolean");
    add(ModbusType.INT16, "int", "i16", "s16", "sint16", "short", "signed16", "int16s", "sunssf");
    add(ModbusType.INT16, "signedint16", "16bitsigned", "signed16bit", "sint", "16bitint");
    add(ModbusType.UINT16, "uint", "u16", "word", "ushort", "unsigned16", "int16u", "acc16");
    add(ModbusType.UINT16, "enum16", "bitfield16", "unsignedint16", "16bitunsigned", "count");
    add(ModbusType.UINT16, "unsigned16bit", "16bituint", "unsignedint16bit", "e16");
    add(ModbusType.INT32, "dint", "i32", "s32", "sint32", "long", "signed32", "int32s");
    add(ModbusType.INT32, "signedint32", "32bitsigned", "signed32bit", "32bitint", "longint");
    add(ModbusType.UINT32, "udint", "u32", "dword", "ulong", "unsigned32", "int32u", "acc32");
    add(ModbusType.UINT32, "enum32", "bitfield32", "unsignedint32", "32bitunsigned");
    add(ModbusType.UINT32, "unsigned32bit", "32bituint", "unsignedint32bit", "e32");
    for (String integer : new String[] {"int", "integer"}) {
      add(ModbusType.INT16, "16bitsigned" + integer, "signed16bit" + integer);
      add(ModbusType.UINT16, "16bitunsigned" + integer, "unsigned16bit" + integer);
      add(ModbusType.INT32, "32bitsigned" + integer, "signed32bit" + integer);
      add(ModbusType.UINT32, "32bitunsigned" + integer, "unsigned32bit" + integer);
      add(ModbusType.INT64, "64bitsigned" + integer, "signed64bit" + integer);
      add(ModbusType.UINT64, "64bitunsigned" + integer, "unsigned64bit" + integer);
    }
    add(ModbusType.INT16, "int16signed", "signedshort");
    add(ModbusType.UINT16, "uint16unsigned", "unsignedshort", "bitmap16");
    add(ModbusType.INT32, "int32signed", "signedlong");
    add(ModbusType.UINT32, "uint32unsigned", "unsignedlong", "bitmap32");
    add(ModbusType.FLOAT32, "floatieee754", "ieee754singleprecision", "singleprecisionfloat");
    add(ModbusType.INT48, "i48", "s48", "sint48", "signed48", "48bitsigned");
    add(ModbusType.UINT48, "u48", "unsigned48", "48bitunsigned", "int48u");
    add(
        ModbusType.INT64,
        "lint",
        "i64",
        "s64",
        "sint64",
        "longlong",
        "signed64",
        "int64s",
        "long64");
    add(ModbusType.INT64, "signedint64", "64bitsigned", "signed64bit", "64bitint");
    add(ModbusType.UINT64, "ulint", "u64", "lword", "qword", "unsigned64", "int64u", "acc64");
    add(ModbusType.UINT64, "unsignedint64", "64bitunsigned", "unsigned64bit", "64bituint");
    add(ModbusType.FLOAT16, "half", "f16");
    add(ModbusType.FLOAT32, "float", "real", "single", "f32", "32bitfloat", "floatingpoint");
    add(ModbusType.FLOAT32, "ieee754", "float32ieee754", "ieee754float", "real32", "float4");
    add(ModbusType.FLOAT32, "floatieee", "32bitieee754", "32bitfloatingpoint", "32bitieeefloat");
    add(ModbusType.FLOAT64, "double", "lreal", "f64", "64bitfloat", "real64", "doublefloat");
    add(ModbusType.FLOAT64, "64bitfloatingpoint");
    add(ModbusType.STRING, "utf8", "ascii", "char", "text", "str", "visiblestring");
    add(ModbusType.MOD10K32, "m10k32", "mod10k32bit");
    add(ModbusType.MOD10K48, "m10k48", "mod10k48bit");
    add(ModbusType.MOD10K64, "m10k64", "mod10k64bit");
    add(ModbusType.DATETIME, "datetime", "timestamp", "date", "utc", "epochtime");
  }

  private TypeAliases() {}

  private static void add(ModbusType type, String... names) {
    for (String name : names) {
      ALIASES.put(name, type);
    }
  }

  /** The type with that name. */
  static Optional<ModbusType> find(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    for (ModbusType type : ModbusType.values()) {
      if (type.configName().equals(plain)) {
        return Optional.of(type);
      }
    }
    return Optional.ofNullable(ALIASES.get(plain));
  }
}
