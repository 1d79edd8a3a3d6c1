// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Holds a command against the tag list, and what a device has after it against the command. */
package io.connectot.core.sink.command.check;
