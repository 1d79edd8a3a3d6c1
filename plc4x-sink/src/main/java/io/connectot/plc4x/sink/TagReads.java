// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.spi.WritingSession.ReadBack;
import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.DriverConnection;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.merge.MergedRead;
import io.connectot.plc4x.merge.ReadPlanner;
import io.connectot.plc4x.merge.ReadPlanners;
import io.connectot.plc4x.value.IecValueConverter;
import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Reads tags as the source reads them, one after the other. */
final class TagReads {
  private static final String CONVERSION_FAILED = "CONVERSION_FAILED";

  private final DriverRegistry drivers;
  private final String driver;
  private final ReadPlanner planner;

  TagReads(DriverRegistry drivers, String driver) {
    this.drivers = drivers;
    this.driver = driver;
    this.planner = ReadPlanners.of(driver, 0);
  }

  /** Reads one tag. */
  ReadBack read(DriverConnection connection, Tag<WrittenTag> tag, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    PlcAddress own = tag.address().address();
    MergedRead read = planner.plan(List.of(own.text())).get(0);
    TagResponse response;
    try {
      response = connection.prepare(List.of(address(own, read))).execute(limit).get(0);
    } catch (DriverException e) {
      if (e.kind() != DriverException.Kind.REFUSED) {
        throw e;
      }
      return ReadBack.bad("DRIVER_ERROR");
    }
    return response.isOk()
        ? value(tagType(connection, tag), read, response.value())
        : ReadBack.bad(response.code().status());
  }

  /** Of some drivers the type is known to the controller only. */
  private static PlcType tagType(DriverConnection connection, Tag<WrittenTag> tag) {
    PlcType declared = tag.address().address().type();
    return declared == PlcType.UNKNOWN ? tag.address().codec().shape(connection).type() : declared;
  }

  private static ReadBack value(PlcType type, MergedRead read, RawValue whole) {
    try {
      RawValue raw = read.parts().get(0).extract().apply(whole);
      Optional<Value> value = IecValueConverter.convert(type, raw, Scaling.NONE);
      return value.map(ReadBack::of).orElseGet(() -> ReadBack.bad("NO_VALUE"));
    } catch (RuntimeException e) {
      return ReadBack.bad(CONVERSION_FAILED);
    }
  }

  private PlcAddress address(PlcAddress own, MergedRead read) {
    if (own.text().equals(read.address())) {
      return own;
    }
    try {
      return drivers.parse(driver, read.address());
    } catch (LineException e) {
      throw new IllegalStateException("a planned address is none: " + e.getMessage(), e);
    }
  }
}
