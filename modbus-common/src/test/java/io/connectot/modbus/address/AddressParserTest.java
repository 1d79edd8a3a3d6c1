// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressParserTest {
  @ParameterizedTest
  @CsvSource({
    "holding:100, HOLDING_REGISTER, 100",
    "Holding:0x64, HOLDING_REGISTER, 100",
    "holding:0, HOLDING_REGISTER, 0",
    "holding:0100, HOLDING_REGISTER, 100",
    "input:65535, INPUT_REGISTER, 65535",
    "input:0xFFFF, INPUT_REGISTER, 65535",
    "coil:1, COIL, 1",
    "discrete:5, DISCRETE_INPUT, 5",
    "400101, HOLDING_REGISTER, 100",
    "4x00101, HOLDING_REGISTER, 100",
    "4X101, HOLDING_REGISTER, 100",
    "465536, HOLDING_REGISTER, 65535",
    "300001, INPUT_REGISTER, 0",
    "100001, DISCRETE_INPUT, 0",
    "000001, COIL, 0",
    "00001, COIL, 0",
    "0x00101, COIL, 100",
    "1x17, DISCRETE_INPUT, 16"
  })
  void readsAddresses(String text, ModbusTable table, int address) throws LineException {
    assertThat(new AddressParser(0).parse(text))
        .isEqualTo(new TableAddress(table, address, OptionalInt.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "input:7.3, 7, 3",
    "holding:0x10.15, 16, 15",
    "400101.0, 100, 0",
    "4x00101.9, 100, 9"
  })
  void readsBitsOfRegisters(String text, int address, int bit) throws LineException {
    TableAddress parsed = new AddressParser(0).parse(text);
    assertThat(parsed.address()).isEqualTo(address);
    assertThat(parsed.bit()).hasValue(bit);
  }

  @ParameterizedTest
  @CsvSource({
    "40101, HOLDING_REGISTER, 100",
    "49999, HOLDING_REGISTER, 9998",
    "30001, INPUT_REGISTER, 0",
    "400101, HOLDING_REGISTER, 100",
    "40001-40002, HOLDING_REGISTER, 0",
    "30001 – 30004, INPUT_REGISTER, 0",
    "400101-400102, HOLDING_REGISTER, 100"
  })
  void readsFiveDigitsInModiconNotationWhereItIsConfigured(
      String text, ModbusTable table, int address) throws LineException {
    AddressParser parser = new AddressParser(0, AddressNotation.MODICON, Optional.empty());
    assertThat(parser.parse(text)).isEqualTo(new TableAddress(table, address, OptionalInt.empty()));
    assertThatThrownBy(() -> parser.parse("40000"))
        .hasMessageContaining(
            "Modicon addresses count from 1 to 9999 after the table digit, e.g. 40001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "32080 | is input:2079 in Modicon notation, or register 32080; write input:2079 or e.g."
            + " holding:32080, fill the option or column 'table', or set modbus.address.notation",
        "30775 | is input:774 in Modicon notation, or register 30775",
        "40083 | is holding:82 in Modicon notation, or register 40083",
        "13000 | is discrete:2999 in Modicon notation, or register 13000",
        "40000 | has no table; write it like holding:40000",
        "40083.3 | is holding:82.3 in Modicon notation",
        "40083-40084 | is holding:82 in Modicon notation, or register 40083; write holding:82 or"
            + " e.g. holding:40083, fill"
      })
  void refusesWhatCanBeReadInTwoWays(String text, String message) {
    assertThatThrownBy(() -> new AddressParser(0).parse(text))
        .isInstanceOf(LineException.class)
        .hasMessageStartingWith(text + ": " + message);
  }

  @ParameterizedTest
  @CsvSource({
    "40083, 3, HOLDING_REGISTER, 40083",
    "30775, Input Register, INPUT_REGISTER, 30775",
    "13000, FC03, HOLDING_REGISTER, 13000",
    "32080, 03H, HOLDING_REGISTER, 32080",
    "100, fc 4, INPUT_REGISTER, 100",
    "0x34, 0x04, INPUT_REGISTER, 52",
    "3926-3927, 3/16, HOLDING_REGISTER, 3926",
    "17, '1, 5, 15', COIL, 17",
    "17, discrete input, DISCRETE_INPUT, 17",
    "400101, holding, HOLDING_REGISTER, 100",
    "300101-300102, 4, INPUT_REGISTER, 100",
    "0x64-0x65, 3, HOLDING_REGISTER, 100",
    "holding:7, holding, HOLDING_REGISTER, 7"
  })
  void aTableDecides(String text, String tableText, ModbusTable table, int address)
      throws LineException {
    TableAddress parsed =
        new AddressParser(0).parse(text, Optional.of(ModbusTable.parse(tableText)));
    assertThat(parsed).isEqualTo(new TableAddress(table, address, OptionalInt.empty()));
  }

  @Test
  void aHexadecimalNumberIsNotTakenForACoil() {
    assertThatThrownBy(() -> new AddressParser(0).parse("0x1000"))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("coil:999")
        .hasMessageContaining("holding:0x1000");
  }

  @Test
  void baseAndDefaultTableApplyToNumbers() throws LineException {
    AddressParser parser =
        new AddressParser(1, AddressNotation.AUTO, Optional.of(ModbusTable.HOLDING_REGISTER));
    assertThat(parser.parse("3060"))
        .isEqualTo(new TableAddress(ModbusTable.HOLDING_REGISTER, 3059, OptionalInt.empty()));
    assertThat(parser.parse("40083.3"))
        .isEqualTo(new TableAddress(ModbusTable.HOLDING_REGISTER, 40082, OptionalInt.of(3)));
    assertThat(parser.parse("input:7").table()).isEqualTo(ModbusTable.INPUT_REGISTER);
    assertThatThrownBy(() -> parser.parse("0")).hasMessageContaining("from 1 to 65536");
  }

  @Test
  void refusesTablesThatContradict() {
    assertThatThrownBy(() -> new AddressParser(0).parse("input:7", Optional.of(ModbusTable.COIL)))
        .hasMessage("input:7: is in the table input, but table= says coil; correct one of the two");
    assertThatThrownBy(() -> ModbusTable.parse("16")).hasMessageContaining("table=16");
    assertThatThrownBy(() -> ModbusTable.parse("registers")).hasMessageContaining("1 to 4");
    assertThatThrownBy(
            () -> new AddressParser(0, AddressNotation.NUMBER, Optional.empty()).parse("100"))
        .hasMessageContaining("has no table");
  }

  @Test
  void baseOneShiftsNumbersButNotModicon() throws LineException {
    AddressParser parser = new AddressParser(1);
    assertThat(parser.parse("holding:100").address()).isEqualTo(99);
    assertThat(parser.parse("holding:65536").address()).isEqualTo(65535);
    assertThat(parser.parse("400100").address()).isEqualTo(99);
    assertThatThrownBy(() -> parser.parse("holding:0"))
        .hasMessage(
            "holding:0: the address must be a number from 1 to 65536 (modbus.address.base=1), e.g."
                + " holding:100 or :0x64");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "holding:65536 | the address must be a number from 0 to 65535",
        "holding:-1 | the address must be a number from 0 to 65535",
        "holding:+1 | the address must be a number from 0 to 65535",
        "holding: | the address must be a number from 0 to 65535",
        "holding:0x | the address must be a number from 0 to 65535",
        "holding:1e3 | the address must be a number from 0 to 65535",
        "holdin:1 | unknown table 'holdin', did you mean holding?",
        "register:1 | it must be one of coil, discrete, holding, input",
        "coil:1.3 | a coil is a bit itself; write it without .3",
        "000001.3 | a coil is a bit itself; write it without .3",
        "input:7.16 | the bit after the point must be 0 (lowest) to 15, e.g. 7.3",
        "input:7. | the bit after the point must be 0 (lowest) to 15",
        "400000 | Modicon addresses count from 1 to 65536 after the table digit, e.g. 400001",
        "465537 | Modicon addresses count from 1 to 65536",
        "4x99999999999 | Modicon addresses count from 1 to 65536",
        "500001 | Modicon addresses begin with 0 (coil), 1 (discrete input), 3 (input register) or",
        "100 | not an address; write it like holding:100",
        "temperature | not an address; write it like holding:100",
        "4x | not an address; write it like holding:100"
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> new AddressParser(0).parse(text))
        .isInstanceOf(LineException.class)
        .hasMessageStartingWith(text + ": ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2})
  void refusesOtherBases(int base) {
    assertThatThrownBy(() -> new AddressParser(base)).isInstanceOf(IllegalArgumentException.class);
  }
}
