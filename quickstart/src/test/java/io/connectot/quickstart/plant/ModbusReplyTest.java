// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModbusReplyTest {
  private final RegisterTables tables = new RegisterTables();

  @Test
  void answersRegisters() {
    tables.holding(100, 0x1234);
    tables.holding(101, 0xFFFE);

    assertThat(reply(3, 0, 100, 0, 2)).containsExactly(3, 4, 0x12, 0x34, 0xFF, 0xFE);
  }

  @Test
  void packsBitsFromTheLowest() {
    for (int i = 0; i < 10; i++) {
      tables.coil(i, i == 1 || i == 8);
    }

    assertThat(reply(1, 0, 0, 0, 10)).containsExactly(1, 2, 0b10, 0b1);
  }

  @Test
  void refusesAnAddressThatDoesNotExist() {
    tables.input(0, 1);

    assertThat(reply(4, 0, 0, 0, 2)).containsExactly(0x84, 2);
  }

  @Test
  void refusesMoreThanFitsIntoAReply() {
    assertThat(reply(3, 0, 0, 0, 126)).containsExactly(0x83, 3);
  }

  @Test
  void refusesToWrite() {
    assertThat(reply(6, 0, 0, 0, 1)).containsExactly(0x86, 1);
  }

  private byte[] reply(int... request) {
    byte[] bytes = new byte[request.length];
    for (int i = 0; i < request.length; i++) {
      bytes[i] = (byte) request[i];
    }
    return ModbusReply.to(bytes, tables);
  }
}
