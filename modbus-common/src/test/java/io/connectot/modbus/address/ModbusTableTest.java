// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of tables in the register tables of vendors. */
class ModbusTableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "holding; HOLDING_REGISTER",
        "Holding Registers (R/W); HOLDING_REGISTER",
        "3; HOLDING_REGISTER",
        "0x03; HOLDING_REGISTER",
        "0x0003; HOLDING_REGISTER",
        "FC04; INPUT_REGISTER",
        "3/16; HOLDING_REGISTER",
        "1, 5, 15; COIL",
        "4x; HOLDING_REGISTER",
        "3x; INPUT_REGISTER",
        "1x; DISCRETE_INPUT",
        "0x; COIL",
        "4xxxx; HOLDING_REGISTER",
        "3XXXXX; INPUT_REGISTER",
        "0xxxx; COIL",
        "4x registers; HOLDING_REGISTER",
        "Holding (4x); HOLDING_REGISTER",
        "4x0001-4x9999; HOLDING_REGISTER",
        "Digital Input; DISCRETE_INPUT",
        "Input bit; DISCRETE_INPUT",
        "Binary inputs; DISCRETE_INPUT",
        "Input contact; DISCRETE_INPUT",
        "Input status; DISCRETE_INPUT",
        "Discrete input; DISCRETE_INPUT",
        "discrete; DISCRETE_INPUT",
        "Digital input register; INPUT_REGISTER",
        "Input register; INPUT_REGISTER",
        "Input 16-bit; INPUT_REGISTER",
        "Analog input; INPUT_REGISTER",
        "Discrete Output Coils; COIL",
        "Digital output; COIL",
        "Discrete output; COIL",
        "Output coil; COIL",
        "Coil status; COIL"
      })
  void namesOfVendorsAreRead(String text, ModbusTable table) throws LineException {
    assertThat(ModbusTable.parse(text)).isEqualTo(table);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "3x/4x; can be input or holding",
        "Input coil; can be coil or discrete",
        "Digital inputs and outputs; can be",
        "3x Holding; can be holding or input",
        "40001; must be coil, discrete, holding or input",
        "16; must be coil, discrete, holding or input",
        "U16; must be coil, discrete, holding or input",
        "Digital output register; must be coil, discrete, holding or input",
        "registers; must be coil, discrete, holding or input"
      })
  void othersAreRefused(String text, String message) {
    assertThatThrownBy(() -> ModbusTable.parse(text))
        .isInstanceOf(LineException.class)
        .hasMessageStartingWith("table=" + text)
        .hasMessageContaining(message);
  }
}
