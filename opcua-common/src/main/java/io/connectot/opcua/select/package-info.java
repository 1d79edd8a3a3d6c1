// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Finds the nodes to read, and reads their descriptions. */
package io.connectot.opcua.select;
