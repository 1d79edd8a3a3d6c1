// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.model.Device;
import io.connectot.core.model.Gap;
import io.connectot.core.runtime.RuntimeClock;
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
   * Devices are heard from now on.
   *
   * @return the gaps that end with it; none for devices that were never subscribed to before
   */
  List<Gap> subscribed(Collection<? extends Device<?>> now, long nanos) {
    List<Gap> gaps = new ArrayList<>();
    for (Device<?> device : now) {
      Heard before = devices.put(device.name(), new Heard(nanos, null));
      if (before != null) {
        gaps.add(
            new Gap(
                device,
                Optional.empty(),
                RuntimeClock.instant(before.untilNanos()),
                // The wall clock may have been set back meanwhile.
                RuntimeClock.instant(Math.max(before.untilNanos(), nanos)),
                before.cause() == null ? LOST : before.cause(),
                0,
                false));
      }
    }
    return gaps;
  }
}
