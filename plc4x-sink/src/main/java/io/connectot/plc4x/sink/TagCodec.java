// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.plc4x.adapter.DriverConnection;
import io.connectot.plc4x.adapter.DriverConnection.PreparedWrite;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** How the values of one tag are written. Immutable. */
interface TagCodec {
  /** Why the tag cannot be written to any device, and the remedy; empty when it can. */
  Optional<String> refusal();

  /** What can be written to the tag of one device. */
  TagShape shape(DriverConnection connection);

  /**
   * Prepares the write of a value; may read from the device.
   *
   * @param value of the shape
   * @throws UnwritableValueException when the tag cannot hold the value
   */
  PreparedWrite prepare(DriverConnection connection, RawValue value, Duration limit)
      throws UnwritableValueException, DriverException, TimeoutException, InterruptedException;
}
