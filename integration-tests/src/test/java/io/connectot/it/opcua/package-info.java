// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Tests of the OPC UA source: the packaged plugin on real workers with a simulated server. */
package io.connectot.it.opcua;
