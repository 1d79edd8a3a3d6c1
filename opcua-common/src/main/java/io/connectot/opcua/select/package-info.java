// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Which nodes of a server are read, and what the server says about them. */
package io.connectot.opcua.select;
