// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.opcua.resume.NodeOffset;

/**
 * A buffered value to be delivered now.
 *
 * @param value null for {@link #READ_AGAIN}
 * @param offset its offset
 * @param lost the range before it that cannot be read; null for none
 */
public record ReleasedValue(ReceivedValue value, NodeOffset offset, MissingRange lost) {
  /** Values are missing before the next one. */
  public static final ReleasedValue READ_AGAIN = new ReleasedValue(null, null, null);
}
