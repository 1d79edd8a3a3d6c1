// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

/** What a host application does beside listening. */
public enum HostRole {
  /** Publishes nothing. */
  PASSIVE,
  /** Publishes its STATE and requests rebirths. */
  ACTIVE,
  /** As {@link #ACTIVE}; edge nodes wait for it and store their values while it is offline. */
  PRIMARY;

  /** Whether it publishes its STATE and commands. */
  public boolean publishes() {
    return this != PASSIVE;
  }
}
