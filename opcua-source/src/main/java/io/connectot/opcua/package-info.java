// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The OPC UA source connector. */
package io.connectot.opcua;
