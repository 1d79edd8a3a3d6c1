// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Values of an OPC UA server into Kafka. */
package io.connectot.benchmarks.endtoend.opcua;
