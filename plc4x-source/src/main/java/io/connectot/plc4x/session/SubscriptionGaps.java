// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Gap;
import io.connectot.core.source.polling.DeviceProgress;
import io.connectot.core.spi.OffsetReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows since when nobody heard what devices told, over all connections to them: a device that was
 * lost tells nothing twice. A gap begins with the last thing a device told, not with the moment at
 * which its driver noticed the loss, which may be much later. Thread-safe.
 */
public final class SubscriptionGaps {
  private static final String LOST = "the subscription was lost";

  /** By device name; of devices that were subscribed to. */
  private final Map<String, Heard> devices = new ConcurrentHashMap<>();

  private final OffsetReader offsets;

  /**
   * @param offsets what the worker has stored of earlier lives of the task
   */
  public SubscriptionGaps(OffsetReader offsets) {
    this.offsets = offsets;
  }

  /**
   * What is known of one device.
   *
   * @param cause why no more came; null as long as there is no reason to believe so
   */
  private record Heard(long untilNanos, String cause) {}

  /** A device that is subscribed to told something. */
  void heard(Device<?> device, long nanos) {
    devices.computeIfPresent(
        device.name(),
        (name, heard) -> new Heard(Math.max(nanos, heard.untilNanos()), heard.cause()));
  }

  /** Devices cannot be heard any more; only the first cause counts. */
  void lost(Collection<? extends Device<?>> unheard, String cause) {
    for (Device<?> device : unheard) {
      devices.computeIfPresent(
          device.name(),
          (name, heard) -> heard.cause() == null ? new Heard(heard.untilNanos(), cause) : heard);
    }
  }

  /**
   * Devices are heard from now on. Blocks as long as the worker takes to look up what it has stored
   * of devices that this task has not subscribed to before.
   *
   * @return the gaps that end with it; none for devices that were never heard before
   */
  List<Gap> subscribed(Collection<? extends Device<?>> now, long nanos) {
    recall(now);
    List<Gap> gaps = new ArrayList<>();
    for (Device<?> device : now) {
      Heard before = devices.put(device.name(), new Heard(nanos, null));
      if (before != null) {
        gaps.add(
            new Gap(
                device,
                Optional.empty(),
                Clock.instant(before.untilNanos()),
                // The wall clock may have been set back meanwhile.
                Clock.instant(Math.max(before.untilNanos(), nanos)),
                before.cause() == null ? LOST : before.cause(),
                0,
                false));
      }
    }
    return gaps;
  }

  /** What was heard last of devices before this life of the task. */
  private void recall(Collection<? extends Device<?>> now) {
    List<? extends Device<?>> unknown =
        now.stream().filter(device -> !devices.containsKey(device.name())).toList();
    if (!unknown.isEmpty()) {
      DeviceProgress.stored(offsets, unknown)
          .forEach(
              (name, nanos) -> devices.put(name, new Heard(nanos, DeviceProgress.NOT_RUNNING)));
    }
  }
}
