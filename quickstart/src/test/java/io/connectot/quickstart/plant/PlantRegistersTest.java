// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlantRegistersTest {
  private final RegisterTables tables = new RegisterTables();

  @Test
  void putsALowWordFirstFloatAsCdab() {
    // 1.0f is 0x3F800000.
    tables.holdingFloatLowWordFirst(100, 1);

    assertThat(holding(100)).isZero();
    assertThat(holding(101)).isEqualTo(0x3F80);
  }

  @Test
  void putsAnInputFloatAsAbcd() {
    tables.inputFloat(6, 1);

    assertThat(tables.read(4, 6)).hasValue(0x3F80);
    assertThat(tables.read(4, 7)).hasValue(0);
  }

  @Test
  void putsWholeNumbersHighWordFirst() {
    tables.holdingInt64(0, 0x0123_4567_89AB_CDEFL);

    assertThat(holding(0)).isEqualTo(0x0123);
    assertThat(holding(1)).isEqualTo(0x4567);
    assertThat(holding(2)).isEqualTo(0x89AB);
    assertThat(holding(3)).isEqualTo(0xCDEF);
  }

  @Test
  void keepsTheLowBitsOfANegativeNumber() {
    tables.holding(1, -20);

    assertThat(holding(1)).isEqualTo(0xFFEC);
  }

  @Test
  void putsTextTwoCharactersARegisterAndPadsIt() {
    tables.holdingText(10, "ABC", 3);

    assertThat(holding(10)).isEqualTo('A' << 8 | 'B');
    assertThat(holding(11)).isEqualTo('C' << 8);
    assertThat(holding(12)).isZero();
  }

  private int holding(int address) {
    return tables.read(3, address).orElseThrow();
  }
}
