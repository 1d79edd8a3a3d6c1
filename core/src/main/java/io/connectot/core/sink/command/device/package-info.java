// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Executes the commands of a device, one at a time, in the order of their partition. */
package io.connectot.core.sink.command.device;
