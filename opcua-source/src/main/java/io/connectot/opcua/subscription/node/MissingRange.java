// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.opcua.resume.NodeOffset;

/**
 * A range of time in which values of a node are missing.
 *
 * @param after the last value that was delivered
 * @param until the time of the first value after the range, ticks
 * @param cause in words for an operator
 */
public record MissingRange(NodeOffset after, long until, String cause) {
  /**
   * The range where the source's clock stood still or was set back: values are missing, but no
   * time, so that history cannot be read.
   */
  static MissingRange at(NodeOffset after, String cause) {
    return new MissingRange(after, after.ticks(), cause);
  }
}
