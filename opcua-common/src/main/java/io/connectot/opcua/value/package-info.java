// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Values, times and status codes of OPC UA as those of the connector. */
package io.connectot.opcua.value;
