// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.line.LineException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyDiscoveryTest {
  private static void discover(String address, DiscoveryRun run) throws Exception {
    new TallyDiscovery()
        .discover(new DiscoveryRequest("counters", address, Map.of(), "", Map.of()), run);
  }

  @Test
  void showsTheCountersThatTheDeviceHas() throws Exception {
    TallyHarness device = new TallyHarness("polled");
    try {
      device.start();
      for (String tag : DeviceHarness.TAGS) {
        device.set(tag, 21);
      }
      String address = device.connectorProps().get("devices.press");
      DiscoveryRun run = new DiscoveryRun(100);
      discover(address, run);
      Candidate first = (Candidate) run.findings().get(0);
      assertThat(first.name()).isEqualTo("counter0");
      assertThat(first.readings().get(0).line()).isEqualTo("0");
      assertThat(first.readings().get(0).value()).isEqualTo("21");
      assertThat(run.findings()).hasSize(DeviceHarness.TAGS.size());
    } finally {
      device.dispose();
    }
  }

  @Test
  void saysWhatAnAddressIs() {
    assertThatThrownBy(() -> discover("hall1", new DiscoveryRun(1)))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("tally://hall1");
  }
}
