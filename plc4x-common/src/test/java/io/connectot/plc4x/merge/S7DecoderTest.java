// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class S7DecoderTest {
  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("%M0.3:BOOL", "08", PlcType.BOOL, true),
        Arguments.of("%M0.3:BOOL", "F7", PlcType.BOOL, false),
        Arguments.of("%MB0:BYTE", "FF", PlcType.BYTE, (short) 255),
        Arguments.of("%MW0:WORD", "FFFE", PlcType.WORD, 65534),
        Arguments.of("%MD0:DWORD", "FFFFFFFE", PlcType.DWORD, 4294967294L),
        Arguments.of(
            "%M0:LWORD", "FFFFFFFFFFFFFFFE", PlcType.LWORD, new BigInteger("18446744073709551614")),
        Arguments.of("%MB0:SINT", "FE", PlcType.SINT, (byte) -2),
        Arguments.of("%MB0:USINT", "FE", PlcType.USINT, (short) 254),
        Arguments.of("%MW0:INT", "8000", PlcType.INT, (short) -32768),
        Arguments.of("%MW0:UINT", "8000", PlcType.UINT, 32768),
        Arguments.of("%MD0:DINT", "80000000", PlcType.DINT, Integer.MIN_VALUE),
        Arguments.of("%MD0:UDINT", "80000000", PlcType.UDINT, 2147483648L),
        Arguments.of("%M0:LINT", "8000000000000000", PlcType.LINT, Long.MIN_VALUE),
        Arguments.of(
            "%M0:ULINT", "8000000000000000", PlcType.ULINT, new BigInteger("9223372036854775808")),
        Arguments.of("%MD0:REAL", "C0490FDB", PlcType.REAL, -(float) Math.PI),
        Arguments.of("%M0:LREAL", "400921FB54442D18", PlcType.LREAL, Math.PI),
        Arguments.of("%MB0:CHAR", "E4", PlcType.CHAR, "ä"),
        Arguments.of("%M0:WCHAR", "20AC", PlcType.WCHAR, "€"),
        Arguments.of("%DB1:0:STRING(5)", "0503616263FFFF", PlcType.STRING, "abc"),
        Arguments.of("%DB1:0:WSTRING(3)", "00030002006120AC0000", PlcType.WSTRING, "a€"),
        Arguments.of("%M0:S5TIME", "2125", PlcType.TIME, Duration.ofSeconds(125)),
        Arguments.of("%MD0:TIME", "FFFFFFFF", PlcType.TIME, Duration.ofMillis(-1)),
        Arguments.of("%M0:LTIME", "00000000000003E8", PlcType.LTIME, Duration.ofNanos(1000)),
        Arguments.of("%M0:DATE", "0001", PlcType.DATE, LocalDate.of(1990, 1, 2)),
        Arguments.of("%M0:TOD", "000003E9", PlcType.TIME_OF_DAY, LocalTime.of(0, 0, 1, 1_000_000)),
        Arguments.of(
            "%M0:LTOD", "0000000000000001", PlcType.LTIME_OF_DAY, LocalTime.of(0, 0, 0, 1)),
        Arguments.of(
            "%M0:DT",
            "2611211234567896",
            PlcType.DATE_AND_TIME,
            LocalDateTime.of(2026, 11, 21, 12, 34, 56, 789_000_000)),
        Arguments.of(
            "%M0:LDT",
            "000000003B9ACA01", PlcType.DATE_AND_LTIME, LocalDateTime.of(1970, 1, 1, 0, 0, 1, 1)),
        Arguments.of(
            "%M0:DTL",
            "07EA0B15070C223800000001",
            PlcType.DATE_AND_LTIME,
            LocalDateTime.of(2026, 11, 21, 12, 34, 56, 1)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("values")
  void readsEveryType(String address, String memory, PlcType type, Object value) {
    assertThat(decode(address, memory)).isEqualTo(new RawValue(type, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%M0:S5TIME 2A25",
        "%M0:TOD 05265C00",
        "%M0:LTOD FFFFFFFFFFFFFFFF",
        "%M0:DT 2613211234567896",
        "%M0:DT 26112112345678A6",
        "%M0:DT 2F11211234567896",
        "%M0:DTL 000000000000000000000000",
        "%M0:DTL 07EA0B15070C2238FFFFFFFF"
      })
  void whatIsNoValueOfTheTypeIsNone(String addressAndMemory) {
    String[] parts = addressAndMemory.split(" ");

    assertThat(decode(parts[0], parts[1]).object()).isNull();
  }

  @Test
  void bytesOfAnArrayStayBytes() {
    RawValue value = decode("%DB1:1:BYTE[2]", "01020304");

    assertThat(value.type()).isEqualTo(PlcType.RAW_BYTE_ARRAY);
    assertThat((byte[]) value.object()).containsExactly(2, 3);
  }

  @Test
  void arraysAreLists() {
    assertThat(decode("%DB1:0:INT[2]", "0001FFFF"))
        .isEqualTo(
            new RawValue(
                PlcType.LIST,
                List.of(
                    new RawValue(PlcType.INT, (short) 1), new RawValue(PlcType.INT, (short) -1))));
  }

  @Test
  void bitsOfAnArrayGoOnInTheNextByte() {
    assertThat(decode("%DB1:0.6:BOOL[4]", "4002"))
        .isEqualTo(
            new RawValue(
                PlcType.LIST,
                Stream.of(true, false, false, true)
                    .map(bit -> new RawValue(PlcType.BOOL, bit))
                    .toList()));
  }

  @Test
  void textsOfAnArrayBeginAtEvenAddresses() {
    assertThat(decode("%DB1:0:STRING(3)[2]", "0301610000FF0302626300"))
        .isEqualTo(
            new RawValue(
                PlcType.LIST,
                List.of(new RawValue(PlcType.STRING, "a"), new RawValue(PlcType.STRING, "bc"))));
  }

  @Test
  void arraysOfWideTextsAndOfTimesAreLists() {
    assertThat(decode("%DB1:0:WSTRING(2)[2]", "00020001006100000002000220AC0062"))
        .isEqualTo(
            new RawValue(
                PlcType.LIST,
                List.of(new RawValue(PlcType.WSTRING, "a"), new RawValue(PlcType.WSTRING, "€b"))));
    assertThat(decode("%DB1:0:DT[2]", "26112112345678919912312359599996"))
        .isEqualTo(
            new RawValue(
                PlcType.LIST,
                List.of(
                    new RawValue(
                        PlcType.DATE_AND_TIME, LocalDateTime.parse("2026-11-21T12:34:56.789")),
                    new RawValue(
                        PlcType.DATE_AND_TIME, LocalDateTime.parse("1999-12-31T23:59:59.999")))));
  }

  /** Cut off, it would look like another text. */
  @ParameterizedTest
  @CsvSource({
    "%DB1:0:STRING(2), FFFF6162, 255, 255",
    "%DB1:0:STRING(2), FE036162, 3, 254",
    "%DB1:0:STRING(4), 020361626364, 3, 2",
    "%DB1:0:WSTRING(1), FFFFFFFF0061, 65535, 65535",
    "%DB1:0:WSTRING(2), 0001000200610062, 2, 1",
    "%DB1:0:STRING(2)[2], 0201610002036162, 3, 2"
  })
  void aTextThatIsLongerThanItsPlaceIsNone(String address, String memory, int length, int maximum) {
    assertThatThrownBy(() -> decode(address, memory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the length " + length + " and the maximum " + maximum);
  }

  @Test
  void aTextMayFillItsPlace() {
    assertThat(decode("%DB1:0:STRING(2)", "02026162").object()).isEqualTo("ab");
    assertThat(decode("%DB1:0:STRING(2)", "FE026162").object()).isEqualTo("ab");
    assertThat(decode("%DB1:0:STRING(2)", "00006162").object()).isEqualTo("");
    assertThat(decode("%DB1:0:WSTRING(1)", "000100010061").object()).isEqualTo("a");
  }

  private static RawValue decode(String address, String memory) {
    S7Address parsed = S7Address.parse(address).orElseThrow();
    byte[] bytes = HexFormat.of().parseHex(memory);
    assertThat(parsed.end()).isLessThanOrEqualTo(bytes.length);
    return S7Decoder.decode(parsed, bytes, 0);
  }
}
