// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.topic.EdgeId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The devices of one edge node. For one thread at a time. */
final class NodeDevices implements Iterable<DeviceSession> {
  /** How long after the birth of its edge node a device has for its own. */
  private static final long BIRTH_NANOS = Duration.ofSeconds(30).toNanos();

  private final Map<String, DeviceSession> devices = new LinkedHashMap<>();

  /** Whether a device has to be born again, until when, by the ticker. */
  private boolean awaitsBirths;

  private long dueTick;

  DeviceSession get(EdgeId id) {
    return devices.computeIfAbsent(id.device(), name -> new DeviceSession(id));
  }

  @Override
  public Iterator<DeviceSession> iterator() {
    return devices.values().iterator();
  }

  /** The edge node was born: its devices have to be born again. */
  void awaitBirths(long tick) {
    dueTick = tick + BIRTH_NANOS;
    awaitsBirths = false;
    for (DeviceSession device : this) {
      device.awaitsBirth = device.isReadable();
      awaitsBirths |= device.awaitsBirth;
    }
  }

  /** The devices that were not born again in time; once. */
  List<DeviceSession> takeUnborn(long tick) {
    if (!awaitsBirths || tick - dueTick < 0) {
      return List.of();
    }
    awaitsBirths = false;
    return devices.values().stream().filter(device -> device.awaitsBirth).toList();
  }
}
