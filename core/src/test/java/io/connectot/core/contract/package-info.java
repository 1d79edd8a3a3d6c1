// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * What every protocol has to keep, as tests: extend {@link
 * io.connectot.core.contract.PollingContractTest} or {@link
 * io.connectot.core.contract.StreamingContractTest} and supply a task and a device. The package
 * {@code tally} is a whole protocol in memory, and the example of docs/new-protocol.md.
 */
package io.connectot.core.contract;
