// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A driver for a protocol in which the connector asks and the device answers.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public non-sealed interface PollingDriver<E, A> extends Driver<E, A>, SessionFactory<E, A> {

  /**
   * Makes a session for one endpoint. Opens nothing and does not block.
   *
   * @param endpoint the endpoint
   * @param devices the devices of this connector behind it, at least one
   */
  PollingSession<E, A> newSession(String endpoint, List<Device<E>> devices);

  /** When a device that does not answer is given up, and how often it is then probed. */
  default HealthPolicy healthPolicy() {
    return new HealthPolicy(3, Duration.ofSeconds(60));
  }

  @Override
  default void testConnection(Device<E> device) throws ProtocolException {
    try (PollingSession<E, A> session = newSession(device.endpoint(), List.of(device))) {
      session.connect();
    }
  }

  @Override
  default Map<String, String> unreadableTags(Device<E> device, List<Tag<A>> tags)
      throws ProtocolException {
    List<Point<A>> points = tags.stream().map(tag -> new Point<>(device, tag)).toList();
    Map<String, String> unreadable = new LinkedHashMap<>();
    try (PollingSession<E, A> session = newSession(device.endpoint(), List.of(device))) {
      session.connect();
      for (Measurement measurement : session.read(device, points)) {
        if (measurement.quality() == Quality.BAD) {
          unreadable.put(measurement.tag().name(), measurement.status());
        }
      }
    }
    return unreadable;
  }

  /**
   * When a device is given up.
   *
   * @param failuresUntilOffline consecutive failed scans after which a device is OFFLINE and only
   *     probed, at least 1
   * @param longestProbeInterval the cap of the growing interval between probes
   */
  record HealthPolicy(int failuresUntilOffline, Duration longestProbeInterval) {}
}
