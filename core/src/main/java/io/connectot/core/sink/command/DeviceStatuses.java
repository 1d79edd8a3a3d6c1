// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import io.connectot.core.connection.Clock;
import io.connectot.core.mapping.event.EventMapper;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.sink.publish.RecordPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Publishes the states of devices, when they change and at intervals. Thread-safe. */
final class DeviceStatuses {
  private final Optional<RecordPublisher> publisher;
  private final EventMapper mapper;
  private final Duration heartbeat;
  private final Clock clock;

  /** Guarded by this, as the others. */
  private final Map<Device<?>, DeviceStatus> states = new LinkedHashMap<>();

  private long lastHeartbeat;

  /**
   * @param publisher empty when nothing is published
   */
  DeviceStatuses(
      Optional<RecordPublisher> publisher, EventMapper mapper, Duration heartbeat, Clock clock) {
    this.publisher = publisher;
    this.mapper = mapper;
    this.heartbeat = heartbeat;
    this.clock = clock;
    this.lastHeartbeat = clock.tick();
  }

  /** A device has a state, be it the one it had before. */
  synchronized void report(Device<?> device, DeviceState state, String cause, String endpoint) {
    DeviceStatus before = states.get(device);
    if (before != null && before.state() == state && before.cause().equals(cause)) {
      return;
    }
    Instant since =
        before != null && before.state() == state ? before.since() : clock.wall().instant();
    DeviceStatus status = new DeviceStatus(device, state, since, cause, endpoint);
    states.put(device, status);
    publish(List.of(status));
  }

  /** Repeats the states when it is time. Called often. */
  synchronized void tick() {
    if (publisher.isPresent() && clock.tick() - lastHeartbeat >= heartbeat.toNanos()) {
      lastHeartbeat = clock.tick();
      publish(new ArrayList<>(states.values()));
    }
  }

  private void publish(List<DeviceStatus> statuses) {
    if (publisher.isEmpty()) {
      return;
    }
    List<PreparedRecord> records = new ArrayList<>();
    statuses.forEach(status -> mapper.map(status, clock.wall().instant(), records::add));
    if (!records.isEmpty()) {
      var unused = publisher.get().send(records);
    }
  }
}
