// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.contract.WritingContractTest;
import io.connectot.core.contract.WritingDeviceHarness;
import io.connectot.core.spi.Protocol;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class OpcUaWritingContractTest extends WritingContractTest {
  /** All connectors of the tests have one certificate, as making one takes long. */
  @TempDir private static Path pki;

  @Override
  protected Protocol protocol() {
    return new OpcUaSinkProtocol();
  }

  @Override
  protected WritingDeviceHarness newDevice() {
    return new PlantHarness(pki);
  }
}
