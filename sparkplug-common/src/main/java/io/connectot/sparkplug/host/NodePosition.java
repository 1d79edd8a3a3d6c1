// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

/**
 * How far the messages of an edge node are known.
 *
 * @param bdSeq of its birth; null when not known
 * @param seq the last sequence number in order; -1 when none is known
 * @param seenNanos when its last message was received, epoch nanoseconds
 */
public record NodePosition(Long bdSeq, int seq, long seenNanos) {}
