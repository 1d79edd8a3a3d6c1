// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * A whole protocol in memory, polled and streaming: the example of docs/new-protocol.md.
 *
 * <p>A tally is a device that counts things. {@link io.connectot.core.contract.tally.TallyDevice}
 * stands in for the device and its network; everything else is what a protocol module consists of.
 */
package io.connectot.core.contract.tally;
