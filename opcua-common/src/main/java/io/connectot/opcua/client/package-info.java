// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Connections to OPC UA servers: endpoints, security, identity, sessions. */
package io.connectot.opcua.client;
