// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModbusPlantTest {
  private final RegisterTables tables = new RegisterTables();

  @Test
  void pressHasPlausibleValuesAtAnyTime() {
    Machine press = new Press(2);

    for (double seconds = 0; seconds < 600; seconds += 0.7) {
      press.measure(seconds, tables);

      int bits = holding(101) << 16 | holding(100);
      assertThat(Float.intBitsToFloat(bits)).as("temperature in °C").isBetween(60f, 76f);
      assertThat(tables.read(4, 10).orElseThrow()).as("0.1 bar").isBetween(180, 2120);
      assertThat((short) holding(102))
          .as("vibration, which changes sign")
          .isBetween((short) -40, (short) 40);
    }
  }

  @Test
  void pressCountsStrokesAndNamesItsOrder() {
    Machine press = new Press(1);

    press.measure(0, tables);
    assertThat(holding(104) << 16 | holding(105)).isEqualTo(100_000);
    press.measure(41, tables);
    assertThat(holding(104) << 16 | holding(105)).isEqualTo(100_010);
    assertThat(holding(110)).isEqualTo('O' << 8 | 'R');
  }

  @Test
  void pressHasNoRegisterForTheBrokenTag() {
    new Press(1).measure(0, tables);

    assertThat(tables.read(3, 999)).isEmpty();
  }

  @Test
  void meterPowerFollowsItsCurrent() {
    Machine meter = new EnergyMeter();
    meter.measure(0, tables);
    float idle = input(12);
    meter.measure(30, tables);

    assertThat(idle).isBetween(40f, 60f);
    assertThat(input(12)).isBetween(140f, 170f);
  }

  @Test
  void tankRaisesItsAlarmOnlyWhenFull() {
    Machine tank = new Tank();
    tank.measure(0, tables);
    assertThat(holding(7)).isZero();

    tank.measure(60, tables);
    assertThat(holding(0)).isBetween(9490, 9510);
    assertThat(holding(7)).isEqualTo(0b1000);
  }

  @Test
  void pressIsAwayForTheSecondHalfOfEveryPeriodOnceEverythingHasStarted() {
    assertThat(ModbusPlant.isOutage(20)).isFalse();
    assertThat(ModbusPlant.isOutage(59.9)).isFalse();
    assertThat(ModbusPlant.isOutage(60)).isTrue();
    assertThat(ModbusPlant.isOutage(79.9)).isTrue();
    assertThat(ModbusPlant.isOutage(80)).isFalse();
    assertThat(ModbusPlant.isOutage(100)).isTrue();
  }

  private int holding(int address) {
    return tables.read(3, address).orElseThrow();
  }

  private float input(int address) {
    return Float.intBitsToFloat(
        tables.read(4, address).orElseThrow() << 16 | tables.read(4, address + 1).orElseThrow());
  }
}
