// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.contract.StreamingContractTest;
import io.connectot.core.contract.StreamingDeviceHarness;
import io.connectot.core.source.OtSourceTask;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** MQTT keeps the contract of protocols in which the device speaks first. */
@Execution(ExecutionMode.CONCURRENT)
class MqttStreamingContractTest extends StreamingContractTest {
  @Override
  protected OtSourceTask newTask() {
    return new MqttSourceTask();
  }

  @Override
  protected StreamingDeviceHarness newDevice() {
    return new ContractBroker();
  }
}
