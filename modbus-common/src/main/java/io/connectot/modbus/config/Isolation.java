// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

/** What happens when a device refuses a block of several tags. */
public enum Isolation {
  /** The block is halved until the guilty tags are found, which are then left out. */
  BISECT,
  /** Every tag of the block is read alone once; the guilty ones are then left out. */
  SINGLE,
  /** All tags of the block are BAD. */
  NONE
}
