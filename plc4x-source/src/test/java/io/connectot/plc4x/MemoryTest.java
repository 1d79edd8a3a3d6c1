// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of the drivers does not grow with the number of reads. */
@Tag("full")
@Isolated("Other tests have threads and buffers, too.")
class MemoryTest {
  private static final int READS = 10_000;
  private static final int S7_READS = 2_000;

  @ParameterizedTest
  @ValueSource(strings = {"simulated", "modbus-tcp", "ads", "logix", "eip"})
  void staysFlat(String driver) throws Exception {
    DriverMemory.check(driver, READS);
  }

  @Test
  @Tag("peers")
  void staysFlatWithAnS7Controller() throws Exception {
    DriverMemory.check("s7-light", S7_READS);
  }
}
