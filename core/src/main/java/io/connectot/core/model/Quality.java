// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

/**
 * How far a value can be trusted; the three classes every OT protocol's own codes fall into, from
 * the best to the worst.
 */
public enum Quality {
  /** Read from the source and believed by it. */
  GOOD,
  /** The source answered but does not vouch for the value, or the value is a sentinel. */
  UNCERTAIN,
  /** There is no value: the read failed or the device is away. */
  BAD
}
