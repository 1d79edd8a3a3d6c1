// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

/** What happens when a device rejects a block of several tags. */
public enum Isolation {
  /** The block is halved until the rejected tags are found, which are then excluded. */
  BISECT,
  /** Every tag of the block is read alone once; the rejected tags are then excluded. */
  SINGLE,
  /** All tags of the block are BAD. */
  NONE
}
