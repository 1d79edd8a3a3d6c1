// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.settings;

/**
 * Settings of a device whose records are shaped in a way of their own, instead of the way that is
 * configured for the connector: for protocols whose lines have options for it.
 */
public interface OwnMapping {
  /** How the records of the device are shaped. */
  MappingSettings mapping();
}
