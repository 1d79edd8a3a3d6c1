// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The OPC UA source: the packaged plugin on real workers against a simulated server. */
package io.connectot.it.opcua;
