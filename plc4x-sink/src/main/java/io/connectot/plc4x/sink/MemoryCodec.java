// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.DriverConnection;
import io.connectot.plc4x.adapter.DriverConnection.PreparedWrite;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverException.Kind;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.merge.S7WritePlanner;
import io.connectot.plc4x.merge.S7WritePlanner.MemoryWrite;
import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Writes a tag as bytes in the memory of an S7 controller. */
final class MemoryCodec implements TagCodec {
  private final DriverRegistry drivers;
  private final String driver;
  private final S7WritePlanner planner;

  MemoryCodec(DriverRegistry drivers, String driver, S7WritePlanner planner) {
    this.drivers = drivers;
    this.driver = driver;
    this.planner = planner;
  }

  @Override
  public Optional<String> refusal() {
    return planner.refusal();
  }

  @Override
  public TagShape shape(DriverConnection connection) {
    return TagShape.of(planner.type(), planner.count());
  }

  @Override
  public PreparedWrite prepare(DriverConnection connection, RawValue value, Duration limit)
      throws UnwritableValueException, DriverException, TimeoutException, InterruptedException {
    RawValue maximumLength = null;
    if (planner.maximumLength().isPresent()) {
      PlcAddress length = address(planner.maximumLength().get());
      TagResponse response = connection.prepare(List.of(length)).execute(limit).get(0);
      if (!response.isOk()) {
        throw new DriverException(
            "the maximum length of the text in the memory cannot be read: "
                + response.code().status(),
            null,
            Kind.REFUSED);
      }
      maximumLength = response.value();
    }
    MemoryWrite write = planner.plan(value, maximumLength);
    return connection.prepareWrite(address(write.address()), write.value());
  }

  private PlcAddress address(String text) {
    try {
      return drivers.parse(driver, text);
    } catch (LineException e) {
      throw new IllegalStateException("a planned address is none: " + e.getMessage(), e);
    }
  }
}
