// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.Device;
import io.connectot.core.model.SourcePosition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How far what a device told is in Kafka, for sources without a replay: stored like the progress of
 * polled devices, it gives the time since when values are missing after a restart. Immutable.
 */
public final class DeviceProgress {
  /** Why values are missing after a restart. */
  public static final String NOT_RUNNING =
      "the connector was not running, or Kafka did not have its records";

  private final Map<String, String> partition;

  public DeviceProgress(Device<?> device) {
    this.partition = SourceOffset.partition(device.name());
  }

  /** The position of what was told at a time, epoch nanoseconds. */
  public SourcePosition at(long nanos) {
    return new At(partition, SourceOffset.offset(nanos));
  }

  /**
   * What is stored. May block like {@link OffsetReader#read}.
   *
   * @return by the device's name when the last value in Kafka was told, epoch nanoseconds; without
   *     devices that nothing is stored of
   */
  public static Map<String, Long> stored(
      OffsetReader offsets, Collection<? extends Device<?>> devices) {
    Map<Map<String, String>, String> names = new HashMap<>();
    devices.forEach(device -> names.put(SourceOffset.partition(device.name()), device.name()));
    Map<String, Long> stored = new HashMap<>();
    offsets
        .read(names.keySet())
        .forEach(
            (partition, offset) ->
                SourceOffset.timestampNanos(offset)
                    .ifPresent(nanos -> stored.put(names.get(partition), nanos)));
    return stored;
  }

  private record At(Map<String, String> partition, Map<String, Long> offset)
      implements SourcePosition {}
}
