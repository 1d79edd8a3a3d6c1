// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.core.contract.PollingContractTest;
import io.connectot.core.source.OtSourceTask;
import io.connectot.modbus.testing.ModbusHarness;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What every protocol has to keep, over each way a device is connected without a serial line. */
@Execution(ExecutionMode.CONCURRENT)
class ModbusContractTest {
  abstract static class Over extends PollingContractTest {
    @Override
    protected final OtSourceTask newTask() {
      return new ModbusSourceTask();
    }
  }

  @Nested
  class Tcp extends Over {
    @Override
    protected DeviceHarness newDevice() throws IOException {
      return new ModbusHarness(SimulatedModbusServer.tcp());
    }
  }

  @Nested
  class RtuOverTcp extends Over {
    @Override
    protected DeviceHarness newDevice() throws IOException {
      return new ModbusHarness(SimulatedModbusServer.rtuOverTcp());
    }
  }

  @Nested
  class Udp extends Over {
    @Override
    protected DeviceHarness newDevice() throws IOException {
      return new ModbusHarness(SimulatedModbusServer.udp());
    }
  }
}
