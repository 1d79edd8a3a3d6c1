// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.contract.WritingContractTest;
import io.connectot.core.contract.WritingDeviceHarness;
import io.connectot.core.spi.Protocol;
import io.connectot.plc4x.testing.AdsDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What every sink has to keep, with a TwinCAT controller. */
@Execution(ExecutionMode.CONCURRENT)
class AdsWritingContractTest extends WritingContractTest {
  @Override
  protected Protocol protocol() {
    return new Plc4xSinkProtocol();
  }

  @Override
  protected WritingDeviceHarness newDevice() throws Exception {
    return new AdsHarness();
  }

  private static final class AdsHarness extends AdsDevice implements WritingDeviceHarness {
    AdsHarness() throws Exception {
      super(ModbusTcpHarness.TIMING);
    }

    @Override
    public void refuse(String tag) {
      server.refuseWrites(offset(tag));
    }

    @Override
    public long value(String tag) {
      return program.memory().getShort(offset(tag));
    }

    @Override
    public List<Long> written(String tag) {
      return server.written(offset(tag)).stream().map(AdsHarness::number).toList();
    }

    private static long number(byte[] data) {
      return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getShort();
    }
  }
}
