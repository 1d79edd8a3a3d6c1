// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverRulesTest {

  @ParameterizedTest
  @CsvSource({
    "eip://10.0.0.5, eip://10.0.0.5:44818?big-endian=false",
    "eip://10.0.0.5:1000, eip://10.0.0.5:1000?big-endian=false",
    "eip://10.0.0.5?big-endian=true, eip://10.0.0.5:44818?big-endian=true",
    "s7-light://10.0.0.5, s7-light://10.0.0.5?enable-block-read-optimizer=false",
    "ads://10.0.0.5, ads://10.0.0.5",
  })
  void completesConnectionStrings(String written, String working) throws Exception {
    assertThat(DriverRules.workingFor(ConnectionString.parse(written)))
        .isEqualTo(ConnectionString.parse(working));
  }

  @Test
  void readsTagsOfAdsAlone() {
    assertThat(DriverRules.maxTags("ads", 20)).isEqualTo(1);
    assertThat(DriverRules.maxTags("s7-light", 20)).isEqualTo(20);
  }
}
