// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.contract.StreamingContractTest;
import io.connectot.core.contract.StreamingDeviceHarness;
import io.connectot.core.source.OtSourceTask;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class TallyRedeliveryContractTest extends StreamingContractTest {
  @Override
  protected OtSourceTask newTask() {
    return new TallySourceTask();
  }

  @Override
  protected StreamingDeviceHarness newDevice() {
    return new TallyHarness("redelivered");
  }

  @Override
  protected boolean recognisesRedeliveries() {
    return true;
  }
}
