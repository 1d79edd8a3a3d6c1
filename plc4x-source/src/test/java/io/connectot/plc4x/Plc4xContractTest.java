// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.core.contract.PollingContractTest;
import io.connectot.core.source.OtSourceTask;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.io.IOException;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What every protocol has to keep, with a real driver of PLC4X. */
@Execution(ExecutionMode.CONCURRENT)
class Plc4xContractTest extends PollingContractTest {
  @Override
  protected OtSourceTask newTask() {
    return new Plc4xSourceTask();
  }

  @Override
  protected DeviceHarness newDevice() throws IOException {
    return new ModbusThroughPlc4x(SimulatedModbusServer.tcp());
  }
}
