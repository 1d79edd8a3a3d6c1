// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.contract.WritingContractTest;
import io.connectot.core.contract.WritingDeviceHarness;
import io.connectot.core.spi.Protocol;
import io.connectot.plc4x.testing.PeerDevice;
import io.connectot.plc4x.testing.S7Controller;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What every sink has to keep, with an S7 controller. */
@Execution(ExecutionMode.CONCURRENT)
class S7WritingContractTest extends WritingContractTest {
  private static final int PACKET = 240;

  @Override
  protected Protocol protocol() {
    return new Plc4xSinkProtocol();
  }

  @Override
  protected WritingDeviceHarness newDevice() throws Exception {
    S7Controller controller = new S7Controller(PACKET);
    WritingDeviceHarness.TAGS.forEach(tag -> controller.block(S7Harness.block(tag), new byte[4]));
    return new S7Harness(controller);
  }

  private static final class S7Harness extends PeerDevice implements WritingDeviceHarness {
    private static final int ACCESS_DENIED = 3;

    private final S7Controller controller;

    S7Harness(S7Controller controller) throws Exception {
      super(controller, controller.url(), ModbusTcpHarness.TIMING);
      this.controller = controller;
    }

    static int block(String tag) {
      return 1 + TAGS.indexOf(tag);
    }

    @Override
    protected String address(String tag) {
      return "%DB" + block(tag) + ".DBW2:INT";
    }

    @Override
    public void refuse(String tag) {
      controller.refuseWrites(block(tag), ACCESS_DENIED);
    }

    @Override
    public void set(String tag, int value) {
      controller.set(block(tag), 2, ByteBuffer.allocate(2).putShort((short) value).array());
    }

    @Override
    public long value(String tag) {
      return ByteBuffer.wrap(controller.memory(block(tag))).getShort(2);
    }

    @Override
    public List<Long> written(String tag) {
      return controller.written(block(tag)).stream().map(S7Harness::number).toList();
    }

    private static long number(byte[] data) {
      return ByteBuffer.wrap(data).getShort();
    }
  }
}
