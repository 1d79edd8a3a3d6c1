// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.modbus.address.AddressParser;
import io.connectot.modbus.testing.TestTags;
import io.connectot.modbus.type.ByteOrdering;
import io.connectot.modbus.type.ModbusType;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecParserTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "holding:0 flaot32 | unknown type 'flaot32', did you mean float32?",
        "holding:0 number | unknown type 'number'; it must be one of bool, bit, int8h",
        "coil:0 uint16 | a coil is a bool, not uint16",
        "coil:0 bit=1 | bit= is for registers; a coil is a bit",
        "holding:0 bit | type bit needs a bit: write holding:7.3 or bit=3",
        "holding:0.1 bit=1 | both select a bit; leave one out",
        "holding:0 bit=16 bool | bit=16: a bool has the bits 0 to 15",
        "holding:0 uint16 bit=16 | bit=16: a uint16 has the bits 0 to 15",
        "holding:0.1 float32 | a bit of a float32 cannot be selected; leave it out",
        "holding:0.1 string length=3 | a bit of a string cannot be selected; leave it out",
        "holding:0 string | a string needs either length= (bytes) or registers=",
        "holding:0 string length=2 registers=1 | a string needs either length= (bytes) or"
            + " registers=",
        "holding:0 string length=251 | length=251: must be a whole number from 1 to 250",
        "holding:0 string length=126 byte=low | length=126: must be a whole number from 1 to 125",
        "holding:0 string length=2 charset=UTF-99 | charset=UTF-99: unknown; write one like UTF-8",
        "holding:0 string length=2 byte=upper | byte=upper: must be one of both, high, low",
        "holding:0 string length=4 order=CDAB | order=CDAB: a string takes AB or BA",
        "holding:0 string length=4 count=2 | count= is not for string; write a tag for each",
        "holding:0.1 count=2 | count= is not for single bits of registers; write a tag for each",
        "holding:0 count=126 | count=126: needs 126 registers, one request reads at most 125",
        "coil:0 count=2001 | count=2001: must be a whole number from 1 to 2000",
        "holding:65535 uint32 | the value takes 2 registers and so ends beyond the last address,"
            + " 65535",
        "holding:0 uint32 order=ACBD | order=ACBD: must be one of ABCD, BADC",
        "holding:0 uint32 order=AB | order=AB: is for numbers of 16 bits, this one has 32",
        "holding:0 uint32 order=HGFEDCBA | is for numbers of 64 bits, this one has 32",
        "holding:0 uint16 mask=0x10000 | mask=0x10000: must select some of the 16 bits",
        "holding:0 uint16 mask=x | mask=x: must select some of the 16 bits, e.g. mask=0xF0",
        "holding:0 int16 mask=0xF | mask= and shift= are for unsigned numbers, not for int16; write"
            + " uint16",
        "holding:0 float32 shift=1 | are for unsigned numbers, not for float32; write uint32",
        "holding:0 uint16 shift=16 | shift=16: must be a whole number from 0 to 15",
        "holding:0 int16 invalid=0x10000 | '0x10000' is not a number that 16 bits of this type can"
            + " hold",
        "holding:0 uint16 invalid=-1 | '-1' is not a number that 16 bits of this type can hold",
        "holding:0 uint16 invalid=NaN | 'NaN' is not a number that 16 bits of this type can hold",
        "holding:0 float32 invalid=none | write sentinels like 0x8000 or NaN",
        "holding:0 float16 invalid=0.1 | '0.1' is not a number that 16 bits of this type can hold",
        "holding:0 bcd16 invalid=-1 | '-1' is not a number",
        "holding:0 float32 enum=0:off | enum= is for whole numbers and bits, not for float32",
        "holding:0 enum=off | 'off' must be a number and its label, e.g. enum=0:off,1:on",
        "holding:0 enum=0:off,0:on | 0 has two labels",
        "holding:0 datetime format=iso | format=iso: must be one of",
        "holding:0 datetime format=ymdhms zone=Berlin | zone=Berlin: unknown; write one like UTC",
        "holding:0 uint8h order=BA | unknown options [order]",
        "holding:0 datetime format=ymdhms order=BA | unknown options [order]",
        "holding:0 bool invalid=1 | unknown options [invalid]"
      })
  void saysWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> TestTags.tag(line, Scaling.NONE))
        .isInstanceOf(LineException.class)
        .hasMessageContaining(message);
  }

  @Test
  void defaultOrderIsForNumbersOnly() throws LineException {
    CodecParser parser = new CodecParser(ByteOrdering.parse("DCBA"));
    var address = new AddressParser(0).parse("holding:0");
    Codec number = parser.parse(address, Optional.of("float32"), new LineOptions(Map.of()));
    assertThat(number.decode(new byte[] {0, 0, (byte) 0xC0, 0x3F}, 0, Scaling.NONE).value())
        .isEqualTo(new DoubleValue(1.5));
    Codec text =
        parser.parse(address, Optional.of("string"), new LineOptions(Map.of("length", "2")));
    assertThat(text.decode(new byte[] {'A', 'B'}, 0, Scaling.NONE).value())
        .isEqualTo(new TextValue("AB"));
  }

  @ParameterizedTest
  @CsvSource({
    "float, FLOAT32",
    "REAL, FLOAT32",
    "32 Bit Float, FLOAT32",
    "U32, UINT32",
    "acc32, UINT32",
    "UDINT, UINT32",
    "INT32U, UINT32",
    "Unsigned 16, UINT16",
    "WORD, UINT16",
    "S16, INT16",
    "sunssf, INT16",
    "INT(32), INT32",
    "DINT, INT32",
    "int48, INT48",
    "U48, UINT48",
    "acc64, UINT64",
    "double, FLOAT64",
    "UTF8, STRING",
    "M10K-48, MOD10K48"
  })
  void readsTheTypesOfVendors(String text, ModbusType type) throws LineException {
    assertThat(ModbusType.parse(text)).isEqualTo(type);
  }
}
