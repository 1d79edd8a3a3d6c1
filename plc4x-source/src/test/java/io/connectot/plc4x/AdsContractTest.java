// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.core.contract.PollingContractTest;
import io.connectot.core.source.OtSourceTask;
import io.connectot.plc4x.testing.AdsDevice;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract of sources, with a TwinCAT controller. */
@Execution(ExecutionMode.CONCURRENT)
class AdsContractTest extends PollingContractTest {
  @Override
  protected OtSourceTask newTask() {
    return new Plc4xSourceTask();
  }

  @Override
  protected DeviceHarness newDevice() throws Exception {
    return new AdsHarness();
  }

  private static final class AdsHarness extends AdsDevice implements DeviceHarness {
    AdsHarness() throws Exception {
      super(S7Harness.TIMING);
    }

    @Override
    public void breakTag(String tag) {
      server.refuse(offset(tag), true);
    }

    @Override
    public void mendTag(String tag) {
      server.refuse(offset(tag), false);
    }
  }
}
