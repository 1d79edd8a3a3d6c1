// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.contract.StreamingContractTest;
import io.connectot.core.contract.StreamingDeviceHarness;
import io.connectot.core.source.OtSourceTask;

/** MQTT keeps the contract of protocols in which the device speaks first. */
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
