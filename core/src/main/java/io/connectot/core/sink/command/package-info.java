// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * Commands: writes the tags of devices as Kafka records ask for, within the limits of the tag list,
 * and reports what became of each.
 */
package io.connectot.core.sink.command;
