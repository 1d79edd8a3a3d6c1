// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.contract.WritingContractTest;
import io.connectot.core.contract.WritingDeviceHarness;
import io.connectot.core.spi.Protocol;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What every sink has to keep, with a Logix controller over a CIP connection. */
@Execution(ExecutionMode.CONCURRENT)
class LogixWritingContractTest extends WritingContractTest {
  @Override
  protected Protocol protocol() {
    return new Plc4xSinkProtocol();
  }

  @Override
  protected WritingDeviceHarness newDevice() throws Exception {
    return new LogixHarness(true);
  }
}
