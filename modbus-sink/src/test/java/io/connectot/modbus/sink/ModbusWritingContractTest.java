// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sink;

import io.connectot.core.contract.WritingContractTest;
import io.connectot.core.contract.WritingDeviceHarness;
import io.connectot.core.spi.Protocol;
import io.connectot.modbus.testing.SimulatedModbusServer;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What every sink has to keep. */
@Execution(ExecutionMode.CONCURRENT)
class ModbusWritingContractTest extends WritingContractTest {
  @Override
  protected Protocol protocol() {
    return new ModbusSinkProtocol();
  }

  @Override
  protected WritingDeviceHarness newDevice() throws Exception {
    return new ModbusSinkHarness(SimulatedModbusServer.tcp());
  }
}
