// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import io.connectot.quickstart.plant.RegisterTables;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/**
 * A tag with its expected value. The value depends on the device, so that values of different
 * devices cannot be confused.
 *
 * @param name the tag name
 * @param line the tag line
 * @param type the expected {@code type} of the record
 * @param put writes the registers of the device with a number
 * @param fields the value fields of the measurement that must not be null, by device number
 * @param bare the value in the layouts value and row, by device number
 * @param quality the expected quality
 */
record TagCase(
    String name,
    String line,
    String type,
    BiConsumer<RegisterTables, Integer> put,
    IntFunction<Map<String, Object>> fields,
    IntFunction<Object> bare,
    String quality) {

  /** A tag without a register on any device. */
  static final String MISSING = "missing";

  /** All cases. */
  static List<TagCase> all() {
    Builder cases = new Builder();
    cases.coil("coil_even", d -> d % 2 == 0);
    cases.coil("coil_odd", d -> d % 2 == 1);
    cases.discrete("discrete", d -> d != 2);
    cases.integer("int8_high", "int8h", "INT8", "AB", d -> (-5L - d) << 8 | 0x7F, d -> -5L - d);
    cases.integer("int8_low", "int8l", "INT8", "AB", d -> 0x7F00L | (5 + d), d -> 5L + d);
    cases.integer("uint8_high", "uint8h", "UINT8", "AB", d -> (200L + d) << 8, d -> 200L + d);
    cases.integer("uint8_low", "uint8l", "UINT8", "AB", d -> 250L + d, d -> 250L + d);
    for (String order : List.of("AB", "BA")) {
      cases.integer("int16", order, d -> -12_345L - d);
      cases.integer("uint16", order, d -> 54_321L + d);
    }
    for (String order : List.of("ABCD", "BADC", "CDAB", "DCBA")) {
      cases.integer("int32", order, d -> -123_456_789L - d);
      cases.integer("uint32", order, d -> 4_000_000_000L + d);
      cases.real("float32", order, d -> Double.parseDouble(Float.toString((float) (123.456 + d))));
    }
    for (String order : List.of("ABCDEFGH", "GHEFCDAB", "BADCFEHG", "HGFEDCBA")) {
      cases.integer("int64", order, d -> -1_234_567_890_123_456_789L - d);
      cases.real("float64", order, d -> Math.PI * 1e-9 * d);
    }
    cases.integer("uint64", "ABCDEFGH", d -> 42L + d);
    cases.huge("uint64", "DCBAHGFE");
    cases.number("bcd16", "bcd16", "UINT16", "AB", 2, d -> 0x1230 + d, d -> 1230L + d);
    cases.number("bcd32", "bcd32", "UINT32", "CDAB", 4, d -> 0x12345670 + d, d -> 12_345_670L + d);
    cases.half();
    cases.scaled();
    cases.bit();
    cases.text();
    cases.bytes();
    cases.dateTime();
    cases.array();
    cases.words();
    cases.sentinel();
    cases.missing();
    return List.copyOf(cases.all);
  }

  /** Builds the cases and assigns their registers. */
  private static final class Builder {
    private final List<TagCase> all = new ArrayList<>();
    private int nextRegister = 100;
    private int nextBit = 3;

    private int registers(int count) {
      int first = nextRegister;
      // A hole after every value, so that short blocks occur, and long blocks only by bridging
      // holes.
      nextRegister += count + 1;
      return first;
    }

    void coil(String name, IntFunction<Boolean> value) {
      int address = nextBit++;
      add(
          name,
          "coil:" + address,
          "BOOLEAN",
          (tables, d) -> tables.coil(address, value.apply(d)),
          d -> Map.of("value_boolean", value.apply(d)),
          value::apply);
    }

    void discrete(String name, IntFunction<Boolean> value) {
      int address = nextBit++;
      add(
          name,
          "discrete:" + address,
          "BOOLEAN",
          (tables, d) -> tables.discrete(address, value.apply(d)),
          d -> Map.of("value_boolean", value.apply(d)),
          value::apply);
    }

    void integer(String type, String order, IntFunction<Long> value) {
      integer(
          type + "_" + order, type, type.toUpperCase(java.util.Locale.ROOT), order, value, value);
    }

    void integer(
        String name,
        String type,
        String recordType,
        String order,
        IntFunction<Long> raw,
        IntFunction<Long> value) {
      number(name, type, recordType, order, order.length(), raw::apply, value);
    }

    void number(
        String name,
        String type,
        String recordType,
        String order,
        int bytes,
        IntFunction<Number> raw,
        IntFunction<Long> value) {
      int address = registers(bytes / 2);
      boolean oneByte = recordType.endsWith("INT8");
      add(
          name,
          "holding:" + address + " " + type + (oneByte ? "" : " order=" + order),
          recordType,
          (tables, d) -> put(tables, address, order, raw.apply(d).longValue()),
          d -> Map.of("value_long", value.apply(d), "value_double", (double) value.apply(d)),
          value::apply);
    }

    void real(String type, String order, IntFunction<Double> value) {
      int address = registers(order.length() / 2);
      add(
          type + "_" + order,
          "holding:" + address + " " + type + " order=" + order,
          type.toUpperCase(java.util.Locale.ROOT),
          (tables, d) ->
              put(
                  tables,
                  address,
                  order,
                  order.length() == 4
                      ? Float.floatToIntBits((float) (double) value.apply(d))
                      : Double.doubleToLongBits(value.apply(d))),
          d -> Map.of("value_double", value.apply(d)),
          d -> order.length() == 4 ? (Number) value.apply(d).floatValue() : value.apply(d));
    }

    void huge(String type, String order) {
      int address = registers(4);
      IntFunction<java.math.BigInteger> value =
          d -> java.math.BigInteger.ONE.shiftLeft(64).subtract(java.math.BigInteger.valueOf(d));
      add(
          "uint64_huge",
          "holding:" + address + " " + type + " order=" + order,
          "UINT64",
          (tables, d) -> put(tables, address, order, -d.longValue()),
          d ->
              Map.of(
                  "value_string", value.apply(d).toString(),
                  "value_double", value.apply(d).doubleValue()),
          value::apply);
    }

    void half() {
      int address = registers(1);
      // 0x3E00 is 1.5; the next exponents double it.
      add(
          "float16",
          "holding:" + address + " float16",
          "FLOAT32",
          (tables, d) -> tables.holding(address, 0x3E00 + (d << 10)),
          d -> Map.of("value_double", 1.5 * (1 << d)),
          d -> 1.5 * (1 << d));
    }

    void scaled() {
      int address = 7;
      add(
          "scaled",
          "input:" + address + " uint16 scale=0.5 offset=-40 unit=°C",
          "FLOAT64",
          (tables, d) -> tables.input(address, 201 + d),
          d -> Map.of("value_double", (201 + d) * 0.5 - 40),
          d -> (201 + d) * 0.5 - 40);
    }

    void bit() {
      int address = registers(1);
      add(
          "bit",
          "holding:" + address + ".3",
          "BOOLEAN",
          (tables, d) -> tables.holding(address, d == 1 ? 0b1000 : 0xFFF7),
          d -> Map.of("value_boolean", d == 1),
          d -> d == 1);
    }

    void text() {
      int address = registers(8);
      add(
          "text",
          "holding:" + address + " string registers=8",
          "STRING",
          (tables, d) -> tables.holdingText(address, "Press No. " + d, 8),
          d -> Map.of("value_string", "Press No. " + d),
          d -> "Press No. " + d);
    }

    void bytes() {
      int address = registers(2);
      IntFunction<Object> value =
          d ->
              Base64.getEncoder()
                  .encodeToString(new byte[] {(byte) 0xCA, (byte) 0xFE, 0, (byte) d});
      add(
          "bytes",
          "holding:" + address + " bytes length=4",
          "BYTES",
          (tables, d) -> {
            tables.holding(address, 0xCAFE);
            tables.holding(address + 1, d);
          },
          d -> Map.of("value_bytes", value.apply(d)),
          value);
    }

    void dateTime() {
      int address = registers(2);
      long seconds = 1_700_000_000;
      add(
          "datetime",
          "holding:" + address + " datetime",
          "DATETIME",
          (tables, d) -> tables.holdingInt32(address, seconds + d),
          d ->
              Map.of(
                  "value_string",
                  "2023-11-14T22:13:" + (20 + d) + "Z",
                  "value_long",
                  (seconds + d) * 1000),
          d -> (seconds + d) * 1000);
    }

    void array() {
      int address = registers(3);
      add(
          "array",
          "holding:" + address + " int16 count=3",
          "JSON",
          (tables, d) -> {
            for (int i = 0; i < 3; i++) {
              tables.holding(address + i, d - i);
            }
          },
          d -> Map.of("value_string", "[" + d + "," + (d - 1) + "," + (d - 2) + "]"),
          d -> "[" + d + "," + (d - 1) + "," + (d - 2) + "]");
    }

    void words() {
      int address = registers(1);
      List<String> words = List.of("off", "idle", "running", "fault");
      add(
          "enum",
          "holding:" + address + " uint16 enum=0:off,1:idle,2:running,3:fault",
          "STRING",
          (tables, d) -> tables.holding(address, d),
          d -> Map.of("value_string", words.get(d)),
          words::get);
    }

    void sentinel() {
      int address = registers(1);
      all.add(
          new TagCase(
              "sentinel",
              "holding:" + address + " int16 invalid=0x8000",
              "INT16",
              (tables, d) -> tables.holding(address, 0x8000),
              d -> Map.of(),
              d -> null,
              "UNCERTAIN"));
    }

    void missing() {
      all.add(
          new TagCase(
              MISSING,
              "holding:9999 uint16",
              "UINT16",
              (tables, d) -> {},
              d -> Map.of(),
              d -> null,
              "BAD"));
    }

    private void add(
        String name,
        String line,
        String type,
        BiConsumer<RegisterTables, Integer> put,
        IntFunction<Map<String, Object>> fields,
        IntFunction<Object> bare) {
      all.add(
          new TagCase(name, line, type, put, d -> new TreeMap<>(fields.apply(d)), bare, "GOOD"));
    }

    /**
     * Writes the low bytes of a number; the letters denote the bytes, with A as the most
     * significant.
     */
    private static void put(RegisterTables tables, int address, String order, long number) {
      byte[] all = ByteBuffer.allocate(8).putLong(number).array();
      int bytes = order.length();
      byte[] wire = new byte[bytes];
      for (int i = 0; i < bytes; i++) {
        wire[i] = all[8 - bytes + order.charAt(i) - 'A'];
      }
      for (int i = 0; i < bytes; i += 2) {
        tables.holding(address + i / 2, (wire[i] & 0xFF) << 8 | (wire[i + 1] & 0xFF));
      }
    }
  }
}
