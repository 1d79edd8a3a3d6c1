// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * What became of each command: its result, and the journal that keeps it from being executed twice.
 */
package io.connectot.core.sink.command.outcome;
