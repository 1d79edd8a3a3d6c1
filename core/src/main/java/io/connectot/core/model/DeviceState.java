// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

/** Whether a device can be read. */
public enum DeviceState {
  /** The last scan was answered. */
  ONLINE,
  /** Scans have begun to fail, but not often enough to give the device up. */
  DEGRADED,
  /** There is no connection, or the device has been given up and is only probed. */
  OFFLINE
}
