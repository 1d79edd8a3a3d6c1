// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Commands from Kafka to Modbus devices. */
package io.connectot.benchmarks.endtoend.command;
