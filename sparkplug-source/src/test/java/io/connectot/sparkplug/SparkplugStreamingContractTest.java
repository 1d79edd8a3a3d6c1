// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug;

import io.connectot.core.contract.StreamingContractTest;
import io.connectot.core.contract.StreamingDeviceHarness;
import io.connectot.core.source.OtSourceTask;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Sparkplug keeps the contract of protocols in which the device speaks first. Its values have QoS
 * 0: nothing is acknowledged, and what is missing is a gap.
 */
@Execution(ExecutionMode.CONCURRENT)
class SparkplugStreamingContractTest extends StreamingContractTest {
  @Override
  protected OtSourceTask newTask() {
    return new SparkplugSourceTask();
  }

  @Override
  protected StreamingDeviceHarness newDevice() throws Exception {
    return new ContractEdge();
  }

  @Override
  protected String deviceName() {
    return ContractEdge.ID.path();
  }

  @Override
  protected boolean isOfConnection(String statusDevice) {
    return statusDevice.equals(ContractEdge.HOST);
  }

  @Override
  protected boolean acknowledges() {
    return false;
  }

  /** A metric without a value is not an error of the edge node. */
  @Override
  protected boolean canBreakTags() {
    return false;
  }
}
