// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.contract.WritingContractTest;
import io.connectot.core.contract.WritingDeviceHarness;
import io.connectot.core.spi.Protocol;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class TallyWritingContractTest extends WritingContractTest {
  @Override
  protected Protocol protocol() {
    return new TallySinkProtocol();
  }

  @Override
  protected WritingDeviceHarness newDevice() {
    return new TallyWritingHarness();
  }
}
