// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.core.contract.PollingContractTest;
import io.connectot.core.source.OtSourceTask;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class TallyPollingContractTest extends PollingContractTest {
  @Override
  protected OtSourceTask newTask() {
    return new TallySourceTask();
  }

  @Override
  protected DeviceHarness newDevice() {
    return new TallyHarness("polled");
  }
}
