// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

/** How values are read. */
enum Mode {
  /** The connector reads tags at intervals. */
  POLL,
  /** The device sends the values of subscriptions. */
  SUBSCRIBE
}
