// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.contract.WritingDeviceHarness;
import io.connectot.plc4x.testing.LogixDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A Logix controller that is written to. */
final class LogixHarness extends LogixDevice implements WritingDeviceHarness {
  LogixHarness(boolean connected) throws Exception {
    super(connected, ModbusTcpHarness.TIMING);
  }

  @Override
  public void refuse(String tag) {
    tags.refuseWrites(tag);
  }

  @Override
  public long value(String tag) {
    return tags.data(tag).getInt(0);
  }

  @Override
  public List<Long> written(String tag) {
    return tags.written(tag).stream().map(LogixHarness::number).toList();
  }

  private static long number(byte[] data) {
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }
}
