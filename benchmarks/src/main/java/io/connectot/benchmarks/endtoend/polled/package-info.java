// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Values of polled devices, Modbus and S7, into Kafka. */
package io.connectot.benchmarks.endtoend.polled;
