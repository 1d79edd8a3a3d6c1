// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** A simulated OPC UA server with a small plant, for the tests of this and other modules. */
package io.connectot.opcua.testing;
