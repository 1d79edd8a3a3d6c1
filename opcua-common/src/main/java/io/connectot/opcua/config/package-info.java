// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The keys of the OPC UA source and what they and its lines say. */
package io.connectot.opcua.config;
