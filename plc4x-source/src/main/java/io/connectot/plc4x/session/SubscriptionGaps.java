// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Gap;
import io.connectot.core.spi.DeviceProgress;
import io.connectot.core.spi.OffsetReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tracks when a value of each device was last received, across connections, and makes the gaps
 * between them: devices do not repeat values that were lost. A gap starts at the last received
 * value, because drivers notice a loss much later. Thread-safe.
 */
public final class SubscriptionGaps {
  private static final String LOST = "the subscription was lost";

  /** By device name; devices that were subscribed before. */
  private final Map<String, Reception> devices = new ConcurrentHashMap<>();

  private final OffsetReader offsets;

  /**
   * @param offsets the offsets stored by earlier runs of the task
   */
  public SubscriptionGaps(OffsetReader offsets) {
    this.offsets = offsets;
  }

  /**
   * The reception of one device.
   *
   * @param untilNanos when a value was last received; {@link #NEVER} before the first
   * @param cause why values are missing since; null while the device is subscribed
   */
  private record Reception(long untilNanos, String cause) {}

  private static final long NEVER = Long.MIN_VALUE;

  /** Records that a value of a subscribed device was received. */
  void received(Device<?> device, long nanos) {
    devices.computeIfPresent(
        device.name(),
        (name, last) -> new Reception(Math.max(nanos, last.untilNanos()), last.cause()));
  }

  /** Records that the connection to devices was lost; the first cause counts. */
  void lost(Collection<? extends Device<?>> lost, String cause) {
    for (Device<?> device : lost) {
      devices.computeIfPresent(
          device.name(),
          (name, last) -> last.cause() == null ? new Reception(last.untilNanos(), cause) : last);
    }
  }

  /**
   * Records that devices are subscribed from now on. Blocks while the worker reads the stored
   * offsets of devices that this task has not subscribed before.
   *
   * @return the gaps that end now; none for devices without earlier values
   */
  List<Gap> subscribed(Collection<? extends Device<?>> now, long nanos) {
    loadStored(now);
    List<Gap> gaps = new ArrayList<>();
    for (Device<?> device : now) {
      Reception before = devices.get(device.name());
      long until = before == null ? NEVER : before.untilNanos();
      devices.put(device.name(), new Reception(until, null));
      if (before != null) {
        gaps.add(
            new Gap(
                device,
                Optional.empty(),
                // The wall clock may have been set back.
                until == NEVER || until > nanos ? null : Clock.instant(until),
                Clock.instant(nanos),
                before.cause() == null ? LOST : before.cause(),
                false));
      }
    }
    return gaps;
  }

  /** Reads when values were last received before this run of the task. */
  private void loadStored(Collection<? extends Device<?>> now) {
    List<? extends Device<?>> unknown =
        now.stream().filter(device -> !devices.containsKey(device.name())).toList();
    if (!unknown.isEmpty()) {
      DeviceProgress.stored(offsets, unknown)
          .forEach(
              (name, nanos) -> devices.put(name, new Reception(nanos, DeviceProgress.NOT_RUNNING)));
    }
  }
}
