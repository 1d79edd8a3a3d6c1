// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.plc4x.adapter.DriverConnection;
import io.connectot.plc4x.adapter.DriverConnection.PreparedWrite;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.time.Duration;
import java.util.Optional;

/** Writes a tag by its own address; the driver encodes the value. */
record AddressCodec(PlcAddress address, Optional<String> refusal) implements TagCodec {
  @Override
  public TagShape shape(DriverConnection connection) {
    return connection.shape(address);
  }

  @Override
  public PreparedWrite prepare(DriverConnection connection, RawValue value, Duration limit)
      throws UnwritableValueException {
    return connection.prepareWrite(address, value);
  }
}
