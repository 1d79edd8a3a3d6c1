// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.core.contract.PollingContractTest;
import io.connectot.core.runtime.OtSourceTask;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.io.IOException;
import org.junit.jupiter.api.Nested;

/** What every protocol has to keep, over each way a device is connected without a serial line. */
class ModbusContractTest {
  @Nested
  class Tcp extends PollingContractTest {
    @Override
    protected OtSourceTask newTask() {
      return new ModbusSourceTask();
    }

    @Override
    protected DeviceHarness newDevice() throws IOException {
      return new ModbusHarness(SimulatedModbusServer.tcp());
    }
  }

  @Nested
  class RtuOverTcp extends PollingContractTest {
    @Override
    protected OtSourceTask newTask() {
      return new ModbusSourceTask();
    }

    @Override
    protected DeviceHarness newDevice() throws IOException {
      return new ModbusHarness(SimulatedModbusServer.rtuOverTcp());
    }
  }

  @Nested
  class Udp extends PollingContractTest {
    @Override
    protected OtSourceTask newTask() {
      return new ModbusSourceTask();
    }

    @Override
    protected DeviceHarness newDevice() throws IOException {
      return new ModbusHarness(SimulatedModbusServer.udp());
    }
  }
}
