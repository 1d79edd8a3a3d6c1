// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

/** Who begins. */
public enum Mode {
  /** The connector asks, at intervals. */
  POLL,
  /** The device tells, as it was asked to once. */
  SUBSCRIBE
}
