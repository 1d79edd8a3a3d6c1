// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import io.connectot.core.model.DeviceState;
import io.connectot.core.spi.PollingDriver.HealthPolicy;

/**
 * Whether a device counts as reachable, from the outcomes of its scans. For one thread at a time.
 */
final class DeviceHealth {
  private final HealthPolicy policy;
  private int consecutiveFailures;

  /** Null until the first outcome. */
  private DeviceState state;

  DeviceHealth(HealthPolicy policy) {
    this.policy = policy;
  }

  /** A scan was answered; true when that changes the state. */
  boolean scanAnswered() {
    consecutiveFailures = 0;
    return enter(DeviceState.ONLINE);
  }

  /** A scan was not answered; true when that changes the state. */
  boolean scanFailed() {
    consecutiveFailures++;
    return enter(
        consecutiveFailures >= policy.failuresUntilOffline()
            ? DeviceState.OFFLINE
            : DeviceState.DEGRADED);
  }

  /** There is no connection to the device; true when that changes the state. */
  boolean connectionLost() {
    return enter(DeviceState.OFFLINE);
  }

  /** The state; null until the first outcome. */
  DeviceState state() {
    return state;
  }

  private boolean enter(DeviceState next) {
    boolean changes = state != next;
    state = next;
    return changes;
  }
}
