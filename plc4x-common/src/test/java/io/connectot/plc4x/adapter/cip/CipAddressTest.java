// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.cip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.value.PlcType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CipAddressTest {
  /** Names of modules contain colons, so that a type in the wrong place looks like a name. */
  @ParameterizedTest
  @ValueSource(strings = {"Temp:real", "Arr:DINT[5]", "Motor:Int.speed"})
  void refusesTypesInTheWrongPlace(String text) {
    assertThatThrownBy(() -> CipAddress.parse(text))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("stands at the end, in capitals");
  }

  @Test
  void readsModulesAndPrograms() throws LineException {
    assertThat(CipAddress.parse("Local:1:I.Ch0Data:REAL").type()).isEqualTo(PlcType.REAL);
    assertThat(CipAddress.parse("Program:Word.count:DINT").type()).isEqualTo(PlcType.DINT);
  }
}
