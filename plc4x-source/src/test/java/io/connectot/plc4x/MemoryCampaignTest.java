// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of the drivers does not grow over a million reads. */
@Tag("campaign")
@Isolated("Other tests have threads and buffers, too.")
class MemoryCampaignTest {
  private static final int READS = 1_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"simulated", "modbus-tcp", "ads", "logix", "eip", "s7-light"})
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void staysFlat(String driver) throws Exception {
    DriverMemory.check(driver, READS);
  }
}
