// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Quality;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.modbus.testing.TestTags;
import io.connectot.modbus.type.DecodedValue;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes as they are on the wire, and what they have to become. */
class CodecTest {
  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    // one byte
    "int8h, 80FF, -128",
    "int8l, 80FF, -1",
    "uint8h, 80FF, 128",
    "uint8l, 80FF, 255",
    // 16 bits
    "int16, FFFE, -2",
    "uint16, FFFE, 65534",
    "int16 order=AB, 0102, 258",
    "int16 order=BA, 0201, 258",
    "uint16 order=BADC, 0201, 258",
    "uint16 order=DCBA, 0201, 258",
    "uint16 order=CDAB, 0102, 258",
    // 32 bits: 0x01020304
    "int32, 01020304, 16909060",
    "uint32 order=ABCD, 01020304, 16909060",
    "uint32 order=BADC, 02010403, 16909060",
    "uint32 order=CDAB, 03040102, 16909060",
    "uint32 order=DCBA, 04030201, 16909060",
    "int32 order=abcd, FFFFFFFE, -2",
    "int32 order=BADC, FFFFFEFF, -2",
    "int32 order=CDAB, FFFEFFFF, -2",
    "int32 order=DCBA, FEFFFFFF, -2",
    "uint32, FFFFFFFE, 4294967294",
    // 48 bits: 0x010203040506
    "uint48, 010203040506, 1108152157446",
    "int48, FFFFFFFFFFFE, -2",
    "int48, 7FFFFFFFFFFF, 140737488355327",
    "uint48, FFFFFFFFFFFE, 281474976710654",
    "uint48 order=CDAB, 050603040102, 1108152157446",
    "uint48 order=BADC, 020104030605, 1108152157446",
    "uint48 order=DCBA, 060504030201, 1108152157446",
    // four decimal digits in each register
    "mod10k32, 04D2162E, 12345678",
    "mod10k32 order=CDAB, 162E04D2, 12345678",
    "mod10k48, 0001270F0005, 199990005",
    "mod10k64, 270F270F270F270F, 9999999999999999",
    // 64 bits: 0x0102030405060708
    "int64, 0102030405060708, 72623859790382856",
    "uint64 order=ABCDEFGH, 0102030405060708, 72623859790382856",
    "uint64 order=BADCFEHG, 0201040306050807, 72623859790382856",
    "uint64 order=CDABGHEF, 0304010207080506, 72623859790382856",
    "uint64 order=DCBAHGFE, 0403020108070605, 72623859790382856",
    "uint64 order=EFGHABCD, 0506070801020304, 72623859790382856",
    "uint64 order=FEHGBADC, 0605080702010403, 72623859790382856",
    "uint64 order=GHEFCDAB, 0708050603040102, 72623859790382856",
    "uint64 order=HGFEDCBA, 0807060504030201, 72623859790382856",
    "int64 order=ABCD, 0102030405060708, 72623859790382856",
    "int64 order=BADC, 0201040306050807, 72623859790382856",
    "int64 order=CDAB, 0708050603040102, 72623859790382856",
    "int64 order=DCBA, 0807060504030201, 72623859790382856",
    "int64, FFFFFFFFFFFFFFFE, -2",
    "uint64, 7FFFFFFFFFFFFFFF, 9223372036854775807",
    // binary coded decimal
    "bcd16, 1234, 1234",
    "bcd16 order=BA, 3412, 1234",
    "bcd32, 12345678, 12345678",
    "bcd32 order=CDAB, 56781234, 12345678",
    "bcd32, 99999999, 99999999",
    // mask and shift
    "uint16 mask=0x0FF0 shift=4, ABCD, 188",
    "uint16 mask=255, ABCD, 205",
    "uint16 shift=12, ABCD, 10",
    "uint32 mask=0xFFFF0000 shift=16, 12345678, 4660",
    "uint8h mask=0xF0 shift=4, ABCD, 10",
    "uint64 mask=0xFF00000000000000 shift=56, FE00000000000001, 254"
  })
  void readsWholeNumbers(String type, String wire, long value) throws Exception {
    assertThat(decode("holding:0 " + type, wire)).isEqualTo(new LongValue(value));
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "float16, 3C00, 1",
    "float16, C000, -2",
    "float16, 7BFF, 65504",
    "float16, 0001, 5.960464477539063E-8",
    "float16, 03FF, 6.097555160522461E-5",
    "float16, 0400, 6.103515625E-5",
    "float16, 8000, -0.0",
    "float16, 7C00, Infinity",
    "float16, FC00, -Infinity",
    "float16, 7E00, NaN",
    "float16 order=BA, 003C, 1",
    "float32, 3FC00000, 1.5",
    "float32 order=BADC, C03F0000, 1.5",
    "float32 order=CDAB, 00003FC0, 1.5",
    "float32 order=DCBA, 0000C03F, 1.5",
    "float32, 7FC00000, NaN",
    "float32, FF800000, -Infinity",
    "float64, 3FF8000000000000, 1.5",
    "float64 order=BADC, F83F000000000000, 1.5",
    "float64 order=CDAB, 0000000000003FF8, 1.5",
    "float64 order=DCBA, 000000000000F83F, 1.5",
    "float64 order=ABCDEFGH, 3FF8000000000000, 1.5",
    "float64 order=BADCFEHG, F83F000000000000, 1.5",
    "float64 order=CDABGHEF, 00003FF800000000, 1.5",
    "float64 order=DCBAHGFE, 0000F83F00000000, 1.5",
    "float64 order=EFGHABCD, 000000003FF80000, 1.5",
    "float64 order=FEHGBADC, 00000000F83F0000, 1.5",
    "float64 order=GHEFCDAB, 0000000000003FF8, 1.5",
    "float64 order=HGFEDCBA, 000000000000F83F, 1.5",
    "float64, 7FF8000000000000, NaN"
  })
  void readsFloatingPointNumbers(String type, String wire, double value) throws Exception {
    assertThat(decode("input:0 " + type, wire)).isEqualTo(new DoubleValue(value));
  }

  @Test
  void keepsUnsigned64BitNumbersExact() throws Exception {
    assertThat(decode("holding:0 uint64", "FFFFFFFFFFFFFFFF"))
        .isEqualTo(new BigValue(new BigInteger("18446744073709551615")));
    DecodedValue scaled =
        TestTags.codec("holding:0 uint64")
            .decode(HexFormat.of().parseHex("8000000000000000"), 0, new Scaling(0.5, 1));
    assertThat(scaled.value()).isEqualTo(new DoubleValue(0x1p62 + 1));
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "holding:0 bool, 0000, false",
    "holding:0 bool, 0100, true",
    "holding:0 bool mask=0x0F, 00F0, false",
    "holding:0.0, 0001, true",
    "holding:0.0, FFFE, false",
    "holding:0.8, 0100, true",
    "holding:0.15 bit, 8000, true",
    "holding:0 bit bit=3, 0008, true",
    "holding:0 uint16 bit=3, 0008, true",
    "holding:0.0 order=BA, 0100, true",
    "holding:0 uint32 bit=17, 00020000, true",
    "holding:0 uint32 bit=17 order=CDAB, 00000002, true",
    "holding:0 uint64 bit=63, 8000000000000000, true",
    "holding:0 uint8h bit=7, 8000, true"
  })
  void readsBitsOfRegisters(String line, String wire, boolean value) throws Exception {
    assertThat(decode(line, wire)).isEqualTo(BooleanValue.of(value));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false", "2, true", "7, true", "8, false", "9, true"})
  void readsCoilsFromTheLowestBitUp(int bit, boolean value) throws Exception {
    byte[] data = HexFormat.of().parseHex("8502");
    assertThat(TestTags.codec("coil:0").decode(data, bit, Scaling.NONE).value())
        .isEqualTo(BooleanValue.of(value));
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "string length=4,41424344,ABCD",
        "string registers=2,41424344,ABCD",
        "string length=3,41424344,ABC",
        "string length=4 order=BA,42414443,ABCD",
        "string length=3 order=BA,42414443,ABC",
        "string length=2 byte=high,41004200,AB",
        "string length=2 byte=low,00410042,AB",
        "string registers=2 byte=low,00410042,AB",
        "string length=6,414200435858,AB",
        "string length=6,000041422020,AB",
        "string length=6,202041204220,A B",
        "string length=4,00000000,''",
        "string length=4,C3A4C3B6,äö",
        "string length=2 charset=ISO-8859-1,E4F6,äö",
        "string length=4 charset=UTF-16BE,00410042,AB",
        "string length=2,FF41,\uFFFDA"
      })
  void readsText(String type, String wire, String text) throws Exception {
    assertThat(decode("holding:0 " + type, wire)).isEqualTo(new TextValue(text));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes length=3, 01020304, 010203", "bytes registers=2, 01020304, 01020304",
    "bytes length=4 order=BA, 01020304, 02010403", "bytes length=2 byte=low, 01020304, 0204"
  })
  void readsBytes(String type, String wire, String bytes) throws Exception {
    assertThat(decode("holding:0 " + type, wire))
        .isEqualTo(new BytesValue(HexFormat.of().parseHex(bytes)));
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "datetime, 65920080, 2024-01-01T00:00:00Z",
    "datetime order=CDAB, 00806592, 2024-01-01T00:00:00Z",
    "datetime format=epoch-s, FFFFFFFF, 2106-02-07T06:28:15Z",
    "datetime format=epoch-s64, 0000000065920080, 2024-01-01T00:00:00Z",
    "datetime format=epoch-ms, 0000018CC251F401, 2024-01-01T00:00:00.001Z",
    "datetime format=ymdhms, 07E800020003000400050006, 2024-02-03T04:05:06Z",
    "datetime format=ymdhms, 001800020003000400050006, 2024-02-03T04:05:06Z",
    "datetime format=ymdhms zone=Europe/Berlin, 07E800070003000400050006, 2024-07-03T02:05:06Z",
    "datetime format=iec870, 001802E304051B59, 2024-02-03T04:05:07.001Z"
  })
  void readsPointsInTime(String type, String wire, Instant instant) throws Exception {
    assertThat(decode("holding:0 " + type, wire)).isEqualTo(new InstantValue(instant));
  }

  @ParameterizedTest
  @CsvSource({
    "bcd16, 123A, INVALID_BCD",
    "bcd32, F2345678, INVALID_BCD",
    "datetime format=ymdhms, 07E8000D0003000400050006, INVALID_DATETIME",
    "datetime format=ymdhms, FFFF00010003000400050006, INVALID_DATETIME",
    "datetime format=iec870, 0018020304850000, INVALID_DATETIME",
    "datetime format=epoch-ms, 7FFFFFFFFFFFFFFF, INVALID_DATETIME",
    "datetime format=epoch-s64, 8000000000000000, INVALID_DATETIME"
  })
  void whatCannotBeIsBad(String type, String wire, String status) throws Exception {
    assertThat(read("holding:0 " + type, wire))
        .isEqualTo(new DecodedValue(null, Quality.BAD, status));
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "int16 invalid=0x8000; 8000; 0x8000",
        "int16 invalid=-32768; 8000; -32768",
        "int16 invalid=1,0x8000; 8000; 0x8000",
        "uint16 invalid=65535; FFFF; 65535",
        "uint32 order=CDAB invalid=0xFFFF0000; 0000FFFF; 0xFFFF0000",
        "uint64 invalid=0xFFFFFFFFFFFFFFFF; FFFFFFFFFFFFFFFF; 0xFFFFFFFFFFFFFFFF",
        "int8h invalid=-128; 8000; -128",
        "float32 invalid=0x8000,NaN; 7FC00001; NaN",
        "float64 invalid=NaN; FFF8000000000000; NaN",
        "float32 invalid=-9999.9; C61C3F9A; -9999.9",
        "float32 invalid=0; 80000000; 0",
        "float16 invalid=NaN; 7E01; NaN",
        "float16 invalid=1.5; 3E00; 1.5",
        "float32 invalid=0x7F7FFFFF; 7F7FFFFF; 0x7F7FFFFF",
        "bcd16 invalid=9999; 9999; 9999",
        "bcd16 invalid=0xFFFF; FFFF; 0xFFFF",
        "uint16 mask=0xF invalid=0xFFFF; FFFF; 0xFFFF",
        "int16 count=2 invalid=0x8000; 00018000; 0x8000",
        "datetime invalid=0; 00000000; 0"
      })
  void sentinelsAreUncertain(String type, String wire, String sentinel) throws Exception {
    assertThat(read("holding:0 " + type, wire))
        .isEqualTo(new DecodedValue(null, Quality.UNCERTAIN, "SENTINEL " + sentinel));
  }

  @Test
  void wordsStandForNumbers() throws Exception {
    String line = "holding:0 int16 enum=0:off,1:on,-1:fault";
    assertThat(decode(line, "0001")).isEqualTo(new TextValue("on"));
    assertThat(decode(line, "FFFF")).isEqualTo(new TextValue("fault"));
    assertThat(read(line, "0007"))
        .isEqualTo(new DecodedValue(new TextValue("7"), Quality.UNCERTAIN, "UNKNOWN_ENUM"));
    // A leading zero does not make a number octal.
    String zeros = "holding:0 uint16 enum=00:off,08:fault,010:auto,0x10:test";
    assertThat(decode(zeros, "0008")).isEqualTo(new TextValue("fault"));
    assertThat(decode(zeros, "000A")).isEqualTo(new TextValue("auto"));
    assertThat(decode(zeros, "0010")).isEqualTo(new TextValue("test"));
    assertThat(decode("holding:0.4 enum=0:closed,1:open", "0010")).isEqualTo(new TextValue("open"));
    assertThat(decode("holding:0 uint16 mask=0x30 shift=4 enum=2:auto", "0020"))
        .isEqualTo(new TextValue("auto"));
    assertThat(TestTags.codec(line).valueType()).isEqualTo(ValueType.STRING);
  }

  @Test
  void arraysAreInOrder() throws Exception {
    assertThat(decode("holding:0 uint32 count=2 order=CDAB", "0001000000020000"))
        .isEqualTo(new ArrayValue(ValueType.UINT32, List.of(new LongValue(1), new LongValue(2))));
    Codec coils = TestTags.codec("coil:0 count=3");
    assertThat(coils.quantity()).isEqualTo(3);
    assertThat(coils.decode(new byte[] {(byte) 0x80, 0x02}, 7, Scaling.NONE).value())
        .isEqualTo(
            new ArrayValue(
                ValueType.BOOLEAN,
                List.of(BooleanValue.TRUE, BooleanValue.FALSE, BooleanValue.TRUE)));
    assertThat(TestTags.codec("holding:0 count=2").valueType()).isEqualTo(ValueType.JSON);
  }

  @Test
  void scalingYieldsFloatingPointNumbers() throws Exception {
    Scaling scaling = new Scaling(0.1, -40);
    assertThat(scaled("int16", "0064", scaling)).isEqualTo(new DoubleValue(-30));
    assertThat(scaled("bcd16", "0100", scaling)).isEqualTo(new DoubleValue(-30));
    assertThat(scaled("float32", "42C80000", scaling)).isEqualTo(new DoubleValue(-30));
    assertThat(scaled("uint16 count=1", "0064", scaling))
        .isEqualTo(new ArrayValue(ValueType.FLOAT64, List.of(new DoubleValue(-30))));
  }

  @ParameterizedTest
  @CsvSource({
    "coil:0, BOOLEAN, 1",
    "discrete:0, BOOLEAN, 1",
    "holding:0.3, BOOLEAN, 1",
    "holding:0, UINT16, 1",
    "input:0, UINT16, 1",
    "holding:0 float16, FLOAT32, 1",
    "holding:0 float64, FLOAT64, 4",
    "holding:0 bcd32, UINT32, 2",
    "holding:0 string length=5, STRING, 3",
    "holding:0 string length=5 byte=high, STRING, 5",
    "holding:0 datetime, DATETIME, 2",
    "holding:0 datetime format=ymdhms, DATETIME, 6",
    "holding:0 float32 count=10, JSON, 20"
  })
  void hasTypeAndQuantity(String line, ValueType type, int quantity) throws Exception {
    Codec codec = TestTags.codec(line);
    assertThat(codec.valueType()).isEqualTo(type);
    assertThat(codec.quantity()).isEqualTo(quantity);
  }

  private static Value scaled(String type, String wire, Scaling scaling) throws Exception {
    return TestTags.codec("holding:0 " + type)
        .decode(HexFormat.of().parseHex(wire), 0, scaling)
        .value();
  }

  private static Value decode(String line, String wire) throws Exception {
    DecodedValue reading = read(line, wire);
    assertThat(reading.quality()).isEqualTo(Quality.GOOD);
    return reading.value();
  }

  /** Reads from the middle of a response, so that a codec that forgets where it begins is found. */
  private static DecodedValue read(String line, String wire) throws Exception {
    byte[] data = HexFormat.of().parseHex("A5A5" + wire + "A5A5");
    return TestTags.codec(line).decode(data, 2, Scaling.NONE);
  }

  @Test
  void registersOfMoreThanFourDigitsAreNoNumber() throws Exception {
    assertThat(read("holding:0 mod10k32", "27100000").status()).isEqualTo("INVALID_MOD10K");
    assertThat(read("holding:0 mod10k32 invalid=99999999", "270F270F").status())
        .isEqualTo("SENTINEL 99999999");
  }

  @ParameterizedTest
  @CsvSource({
    "packed, 1A0B1D081E0F, 2026-11-29T08:30:15Z",
    "bcd, 261129083015, 2026-11-29T08:30:15Z",
    "mdyhms, 0B1D1A081E0F, 2026-11-29T08:30:15Z",
    "mdyhms, 0B1D7E081E0F, 2026-11-29T08:30:15Z"
  })
  void readsPackedClocks(String format, String bytes, Instant instant) throws Exception {
    assertThat(read("holding:0 datetime format=" + format, bytes).value())
        .isEqualTo(new InstantValue(instant));
  }

  @ParameterizedTest
  @CsvSource({"bcd, 2611290830AF", "packed, 1A0D1D081E0F", "bcd, 000000000000"})
  void noClockIsNoTime(String format, String bytes) throws Exception {
    assertThat(read("holding:0 datetime format=" + format, bytes).status())
        .isEqualTo("INVALID_DATETIME");
  }
}
