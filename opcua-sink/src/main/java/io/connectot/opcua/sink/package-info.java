// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Writes to OPC UA servers. */
package io.connectot.opcua.sink;
