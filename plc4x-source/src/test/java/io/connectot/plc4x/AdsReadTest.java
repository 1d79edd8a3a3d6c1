// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.session.Plc4xTag;
import io.connectot.plc4x.testing.AdsProgram;
import io.connectot.plc4x.testing.AdsProgram.Member;
import io.connectot.plc4x.testing.AdsServer;
import io.connectot.plc4x.testing.TcpPeer.Fault;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the symbols of a TwinCAT controller. */
class AdsReadTest {
  private static final int MEMORY = 4096;
  private static final int SCANS = 1_000;
  private static final int SCANS_OF_FULL = 10_000;
  private static final Map<String, String> QUICK =
      Map.of("plc4x.request.timeout.ms", "2000", "plc4x.connect.timeout.ms", "20000");

  private final AdsProgram program = new AdsProgram(MEMORY);
  private final Map<String, Value> expected = new LinkedHashMap<>();
  private AdsServer server;
  private PlcClient client;

  @BeforeEach
  void start() throws Exception {
    elementary();
    texts();
    arrays();
    structures();
    server = new AdsServer(program);
    client = new PlcClient(server.url(), QUICK);
    client.connect();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  private int at(String symbol, String type, int size) {
    return program.symbol("MAIN." + symbol, type, size);
  }

  private void number(String name, String type, int size, long raw, Value value) {
    int offset = at(name, type, size);
    for (int i = 0; i < size; i++) {
      program.memory().put(offset + i, (byte) (raw >> (8 * i)));
    }
    expected.put("MAIN." + name, value);
  }

  private void elementary() {
    program.alias("LWORD", "", 8);
    program.alias("E_Mode", "INT", 2);
    program.alias("T_Count", "UDINT", 4);
    number("yes", "BOOL", 1, 1, BooleanValue.TRUE);
    number("no", "BOOL", 1, 0, BooleanValue.FALSE);
    number("sint", "SINT", 1, Byte.MIN_VALUE, new LongValue(Byte.MIN_VALUE));
    number("usint", "USINT", 1, -1, new LongValue(255));
    number("byte", "BYTE", 1, -1, new LongValue(255));
    number("int", "INT", 2, Short.MIN_VALUE, new LongValue(Short.MIN_VALUE));
    number("uint", "UINT", 2, -1, new LongValue(65_535));
    number("word", "WORD", 2, -1, new LongValue(65_535));
    number("dint", "DINT", 4, Integer.MIN_VALUE, new LongValue(Integer.MIN_VALUE));
    number("udint", "UDINT", 4, -1, new LongValue(4_294_967_295L));
    number("dword", "DWORD", 4, -1, new LongValue(4_294_967_295L));
    number("lint", "LINT", 8, Long.MIN_VALUE, new LongValue(Long.MIN_VALUE));
    BigInteger largest = new BigInteger("18446744073709551615");
    number("ulint", "ULINT", 8, -1, new BigValue(largest));
    number("lword", "LWORD", 8, -1, new BigValue(largest));
    number("real", "REAL", 4, Float.floatToIntBits(90.6f), new DoubleValue(90.6));
    number("lreal", "LREAL", 8, Double.doubleToLongBits(Math.PI), new DoubleValue(Math.PI));
    number("mode", "E_Mode", 2, 3, new LongValue(3));
    number("count", "T_Count", 4, -1, new LongValue(4_294_967_295L));
    number("time", "TIME", 4, 1500, new LongValue(1500));
    number("ltime", "LTIME", 8, 1_500_000_001, new LongValue(1_500_000_001));
    Instant noon = Instant.parse("2026-11-21T12:34:56Z");
    number(
        "date", "DATE", 4, 1_795_219_200, new InstantValue(Instant.parse("2026-11-21T00:00:00Z")));
    number("dt", "DATE_AND_TIME", 4, noon.getEpochSecond(), new InstantValue(noon));
    number("tod", "TIME_OF_DAY", 4, 45_296_789, new TextValue("12:34:56.789"));
  }

  private void texts() {
    program.alias("T_Name", "STRING(10)", 11);
    text(at("text", "STRING(10)", 11), "Press", "Press", "MAIN.text");
    text(at("full", "STRING(5)", 6), "Press", "Press", "MAIN.full");
    text(at("empty", "STRING(80)", 81), "", "", "MAIN.empty");
    text(at("alias", "T_Name", 11), "Press", "Press", "MAIN.alias");
    int wide = at("wide", "WSTRING(5)", 12);
    program.memory().put(wide, "Größe".getBytes(StandardCharsets.UTF_16LE));
    expected.put("MAIN.wide", new TextValue("Größe"));
  }

  private void text(int offset, String raw, String value, String address) {
    program.memory().put(offset, raw.getBytes(StandardCharsets.ISO_8859_1));
    expected.put(address, new TextValue(value));
  }

  private void arrays() {
    program.array("ARRAY [1..4] OF INT", "INT", 8, new int[] {1, 4});
    program.array("ARRAY [0..2] OF STRING(4)", "STRING(4)", 15, new int[] {0, 3});
    program.array("ARRAY [-1..1] OF BOOL", "BOOL", 3, new int[] {-1, 3});
    program.array("ARRAY [0..1,1..3] OF INT", "INT", 12, new int[] {0, 2}, new int[] {1, 3});
    program.array("ARRAY [1..3] OF INT", "INT", 6, new int[] {1, 3});
    program.array(
        "ARRAY [0..1] OF ARRAY [1..3] OF INT", "ARRAY [1..3] OF INT", 12, new int[] {0, 2});
    int numbers = at("numbers", "ARRAY [1..4] OF INT", 8);
    int names = at("names", "ARRAY [0..2] OF STRING(4)", 15);
    int flags = at("flags", "ARRAY [-1..1] OF BOOL", 3);
    int table = at("table", "ARRAY [0..1,1..3] OF INT", 12);
    int rows = at("rows", "ARRAY [0..1] OF ARRAY [1..3] OF INT", 12);
    for (int i = 0; i < 6; i++) {
      program.memory().putShort(table + 2 * i, (short) (10 + i));
      program.memory().putShort(rows + 2 * i, (short) (20 + i));
    }
    for (int i = 0; i < 4; i++) {
      program.memory().putShort(numbers + 2 * i, (short) -i);
    }
    program.memory().put(names, "ABCD\0EF\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
    program.memory().put(flags, new byte[] {1, 0, 1});
    expected.put("MAIN.numbers", array(ValueType.INT16, 0, -1, -2, -3));
    expected.put("MAIN.numbers[1]", new LongValue(0));
    expected.put("MAIN.numbers[4]", new LongValue(-3));
    expected.put(
        "MAIN.names",
        new ArrayValue(
            ValueType.STRING,
            List.of(new TextValue("ABCD"), new TextValue("EF"), new TextValue(""))));
    expected.put("MAIN.names[1]", new TextValue("EF"));
    expected.put(
        "MAIN.flags",
        new ArrayValue(
            ValueType.BOOLEAN, List.of(BooleanValue.TRUE, BooleanValue.FALSE, BooleanValue.TRUE)));
    expected.put("MAIN.flags[-1]", BooleanValue.TRUE);
    expected.put("MAIN.flags[0]", BooleanValue.FALSE);
    expected.put("MAIN.table[1,3]", new LongValue(15));
    expected.put("MAIN.table[0,1]", new LongValue(10));
    expected.put("MAIN.rows[1]", array(ValueType.INT16, 23, 24, 25));
    expected.put("MAIN.rows[1][2]", new LongValue(24));
  }

  private static ArrayValue array(ValueType type, long... numbers) {
    List<Value> elements = new ArrayList<>();
    for (long number : numbers) {
      elements.add(new LongValue(number));
    }
    return new ArrayValue(type, elements);
  }

  /** A structure of REAL and INT has two bytes at its end that are no member. */
  private void structures() {
    program.structure(
        "ST_Motor", 8, new Member("speed", "REAL", 4, 0), new Member("mode", "E_Mode", 2, 4));
    program.structure("ST_Pair", 8, new Member("a", "DINT", 4, 0), new Member("b", "DINT", 4, 4));
    program.structure(
        "ST_Axis",
        24,
        new Member("motor", "ST_Motor", 8, 0),
        new Member("on", "BOOL", 1, 8),
        new Member("position", "LREAL", 8, 16));
    program.structure(
        "U_Value", 4, new Member("real", "REAL", 4, 0), new Member("bits", "DWORD", 4, 0));
    program.structure(
        "ST_Union",
        12,
        new Member("value", "U_Value", 4, 0),
        new Member("first", "DINT", 4, 4),
        new Member("second", "DINT", 4, 8));
    program.array("ARRAY [1..2] OF ST_Motor", "ST_Motor", 16, new int[] {1, 2});
    program.array("ARRAY [1..2] OF ST_Pair", "ST_Pair", 16, new int[] {1, 2});
    program.alias("POINTER TO INT", "", 8);
    at("pointer", "POINTER TO INT", 8);
    int union = at("union", "ST_Union", 12);
    program.memory().putInt(union + 4, 111).putInt(union + 8, 222);
    expected.put("MAIN.union.first", new LongValue(111));
    expected.put("MAIN.union.second", new LongValue(222));
    motor(at("motor", "ST_Motor", 8), 1.5f, 7);
    StructValue motor =
        new StructValue("STRUCT", Map.of("speed", new DoubleValue(1.5), "mode", new LongValue(7)));
    expected.put("MAIN.motor", motor);
    expected.put("MAIN.motor.speed", new DoubleValue(1.5));
    expected.put("MAIN.motor.mode", new LongValue(7));
    expected.put("main.MOTOR.Mode", new LongValue(7));
    int axis = at("axis", "ST_Axis", 24);
    motor(axis, 1.5f, 7);
    program.memory().put(axis + 8, (byte) 1).putDouble(axis + 16, 0.25);
    expected.put(
        "MAIN.axis",
        new StructValue(
            "STRUCT",
            Map.of("motor", motor, "on", BooleanValue.TRUE, "position", new DoubleValue(0.25))));
    expected.put("MAIN.axis.motor.mode", new LongValue(7));
    int motors = at("motors", "ARRAY [1..2] OF ST_Motor", 16);
    motor(motors, 1.5f, 7);
    motor(motors + 8, 2.5f, 8);
    expected.put("MAIN.motors[2].speed", new DoubleValue(2.5));
    expected.put("MAIN.motors[1]", motor);
    int pairs = at("pairs", "ARRAY [1..2] OF ST_Pair", 16);
    program.memory().putInt(pairs, 1).putInt(pairs + 4, 2).putInt(pairs + 8, 3);
    program.memory().putInt(pairs + 12, 4);
    expected.put("MAIN.pairs[2].a", new LongValue(3));
    number("last", "DINT", 4, 4711, new LongValue(4711));
    expected.put("0x4040/" + program.offset("MAIN.last") + ":DINT", new LongValue(4711));
  }

  private void motor(int offset, float speed, int mode) {
    program.memory().putFloat(offset, speed).putShort(offset + 4, (short) mode);
    program.memory().putShort(offset + 6, (short) -1);
  }

  private Map<String, Value> read(List<String> addresses) throws Exception {
    Map<String, Value> values = new LinkedHashMap<>();
    client.read(client.tags(addresses)).forEach(m -> values.put(m.tag().name(), m.value()));
    return values;
  }

  @Test
  void readsEveryTypeAtItsLimits() throws Exception {
    assertThat(read(List.copyOf(expected.keySet()))).containsExactlyEntriesOf(expected);
  }

  @Test
  void readsAnArrayOfStructuresWithoutFillBytes() throws Exception {
    assertThat(read(List.of("MAIN.pairs")).get("MAIN.pairs"))
        .isInstanceOfSatisfying(
            ArrayValue.class,
            array ->
                assertThat(array.elements())
                    .containsExactly(
                        new StructValue(
                            "STRUCT", Map.of("a", new LongValue(1), "b", new LongValue(2))),
                        new StructValue(
                            "STRUCT", Map.of("a", new LongValue(3), "b", new LongValue(4)))));
  }

  /** The driver would take other bytes for them, or never end. */
  @Test
  void aTagThatTheDriverMisreadsIsBadAndNoOther() throws Exception {
    Map<String, String> results = new LinkedHashMap<>();
    results.put("MAIN.motors", "BAD 11 UNSUPPORTED");
    results.put("MAIN.union", "BAD 11 UNSUPPORTED");
    results.put("MAIN.union.value", "BAD 11 UNSUPPORTED");
    results.put("MAIN.table", "BAD 11 UNSUPPORTED");
    results.put("MAIN.rows", "BAD 11 UNSUPPORTED");
    results.put("MAIN.pointer", "BAD 11 UNSUPPORTED");
    results.put("MAIN.nothing", "BAD 2 NOT_FOUND");
    results.put("MAIN.motor.nothing", "BAD 2 NOT_FOUND");
    results.put("MAIN.numbers[0]", "BAD 4 INVALID_ADDRESS");
    results.put("MAIN.numbers[5]", "BAD 4 INVALID_ADDRESS");
    results.put("MAIN.table[1]", "BAD 4 INVALID_ADDRESS");
    results.put("MAIN.real[1]", "BAD 4 INVALID_ADDRESS");
    results.put("0x4040/999999:DINT", "BAD DRIVER_ERROR");
    results.put("0x9999/0:DINT", "BAD DRIVER_ERROR");
    results.put("MAIN.last", "GOOD null");
    int accepted = server.accepted();
    List<Tag<Plc4xTag>> tags = client.tags(List.copyOf(results.keySet()));
    for (int scan = 0; scan < 3; scan++) {
      Map<String, String> now = new LinkedHashMap<>();
      client.read(tags).forEach(m -> now.put(m.tag().name(), m.quality() + " " + m.status()));

      assertThat(now).containsExactlyEntriesOf(results);
    }
    assertThat(server.accepted()).as("connections").isEqualTo(accepted);
  }

  @Test
  void aStructureWithFillBytesMakesNoOtherTagWrong() throws Exception {
    assertEveryValueRight(SCANS);
  }

  @Test
  @org.junit.jupiter.api.Tag("full")
  void aStructureWithFillBytesMakesNoOtherTagWrongInTenThousandScans() throws Exception {
    assertEveryValueRight(SCANS_OF_FULL);
  }

  private void assertEveryValueRight(int scans) throws Exception {
    List<String> addresses =
        List.of(
            "MAIN.motor",
            "MAIN.last",
            "MAIN.real",
            "MAIN.axis",
            "MAIN.nothing",
            "MAIN.union.second");
    List<Tag<Plc4xTag>> tags = client.tags(addresses);
    for (int scan = 0; scan < scans; scan++) {
      for (Measurement m : client.read(tags)) {
        assertThat(m.value()).as(m.tag().name()).isEqualTo(expected.get(m.tag().name()));
      }
    }
  }

  /** The driver reads by the old addresses until it is told, and keeps symbols that are gone. */
  @Test
  void aDownloadThatMovesSymbolsMakesNoValueWrong() throws Exception {
    List<Tag<Plc4xTag>> tags = client.tags(List.of("MAIN.last", "MAIN.real"));
    client.read(tags);
    AdsProgram other = new AdsProgram(MEMORY);
    other.symbol("MAIN.new", "DINT", 4);
    other.memory().putInt(other.symbol("MAIN.last", "DINT", 4), 815);

    server.download(other);
    List<Measurement> measurements = client.read(tags);

    assertThat(measurements.get(0).value()).isEqualTo(new LongValue(815));
    assertThat(measurements.get(1).quality()).isEqualTo(Quality.BAD);
    assertThat(measurements.get(1).status()).isEqualTo("2 NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0x4040/16:INT[3]", "0x4040/16:STRING(5)[2]", "MAIN.a[", "MAIN.a[x]", "%M"})
  void anAddressThatCannotBeReadIsRefused(String address) {
    assertThatThrownBy(() -> client.tags(List.of(address))).isInstanceOf(LineException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SILENT", "GARBAGE", "TRUNCATED", "CLOSES"})
  void noValueIsBelievedWhenTheControllerFails(Fault fault) throws Exception {
    List<Tag<Plc4xTag>> tags = client.tags(List.of("MAIN.last", "MAIN.real"));
    client.read(tags);
    server.set(fault);

    assertThatThrownBy(() -> client.read(tags)).isInstanceOf(ProtocolException.class);

    server.set(Fault.NONE);
    client.connect();
    assertThat(client.read(tags))
        .extracting(Measurement::value)
        .containsExactly(new LongValue(4711), new DoubleValue(90.6));
  }
}
