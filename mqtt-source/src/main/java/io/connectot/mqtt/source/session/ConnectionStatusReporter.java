// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, once each, how the connection is and what may be missing. For the connection's thread. */
final class ConnectionStatusReporter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionStatusReporter.class);

  private final Device<?> client;
  private final InboundQueue inbox;
  private final Clock clock;

  /** Null before the first. */
  private DeviceState state;

  /**
   * @param endpoint the brokers
   */
  ConnectionStatusReporter(String clientId, String endpoint, InboundQueue inbox, Clock clock) {
    this.client = new Device<>(clientId, endpoint, Optional.empty(), Map.of());
    this.inbox = inbox;
    this.clock = clock;
  }

  /** The state of the connection. */
  void state(DeviceState next, String cause) {
    if (state == next) {
      return;
    }
    state = next;
    if (next == DeviceState.ONLINE) {
      LOG.info("{} is ONLINE at {}", client.name(), client.endpoint());
    } else {
      LOG.warn("{} is {} at {}: {}", client.name(), next, client.endpoint(), cause);
    }
    inbox.put(new DeviceStatus(client, next, now(), cause, client.endpoint()));
  }

  /** Messages may be missing. */
  void missing(Instant from, String cause) {
    LOG.warn("{}: messages may be missing since {}: {}", client.name(), from, cause);
    inbox.put(new Gap(client, Optional.empty(), from, now(), cause, 0, false));
  }

  private Instant now() {
    return Clock.instant(clock.epochNanos());
  }
}
