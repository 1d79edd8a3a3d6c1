// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.plc4x.java.api.value.PlcValue;
import org.apache.plc4x.java.spi.values.PlcINT;
import org.apache.plc4x.java.spi.values.PlcList;
import org.apache.plc4x.java.spi.values.PlcStruct;
import org.junit.jupiter.api.Test;

class RawValuesTest {
  private final PlcValue number = new PlcINT((short) 7);
  private final PlcValue structure = new PlcStruct(Map.of("speed", number));

  @Test
  void findsArraysOfStructures() {
    PlcValue array = new PlcList(List.of(structure, structure));
    assertThat(RawValues.hasArrayOfStructures(array)).isTrue();
    assertThat(RawValues.hasArrayOfStructures(new PlcList(List.of(array)))).isTrue();
    assertThat(RawValues.hasArrayOfStructures(new PlcStruct(Map.of("axes", array)))).isTrue();
  }

  @Test
  void takesOtherValues() {
    assertThat(RawValues.hasArrayOfStructures(null)).isFalse();
    assertThat(RawValues.hasArrayOfStructures(number)).isFalse();
    assertThat(RawValues.hasArrayOfStructures(structure)).isFalse();
    assertThat(RawValues.hasArrayOfStructures(new PlcList(List.of(number)))).isFalse();
  }
}
